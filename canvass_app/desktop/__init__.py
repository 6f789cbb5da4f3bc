"""The desktop application: what a volunteer and a lead see and press.

Belongs here: the shell, `screens/`, `map/` (the canvas of doors), `widgets/` (the small parts every screen is made of),
`theme/` (the one place for colours, sizes and icons). Only this room and `printing` import Qt.

Does not belong here: rules of canvassing (`domain`), queries and writes (`services`), anything headquarters does.
A screen calls a service, gets a change set back, and shows what changed.
"""
