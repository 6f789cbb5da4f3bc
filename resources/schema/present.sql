-- All migrations together, by tools/present_schema.py, for a new SQLite database: 20261205_drafts

CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)

CREATE TABLE alias (
	riding_id BIGINT NOT NULL, 
	alias_id BLOB NOT NULL, 
	subject BLOB NOT NULL, 
	entity TEXT NOT NULL, 
	PRIMARY KEY (riding_id, alias_id)
)
 WITHOUT ROWID

CREATE INDEX alias_subject ON alias (riding_id, subject)

CREATE TABLE answer (
	riding_id BIGINT NOT NULL, 
	person_id BLOB NOT NULL, 
	question TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	PRIMARY KEY (riding_id, person_id, question)
)
 WITHOUT ROWID

CREATE INDEX answer_question ON answer (riding_id, question, answer)

CREATE TABLE asset (
	riding_id BIGINT NOT NULL, 
	hash BLOB NOT NULL, 
	kind TEXT NOT NULL, 
	size BIGINT DEFAULT '0' NOT NULL, 
	data BLOB NOT NULL, 
	redacted SMALLINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (riding_id, hash)
)

CREATE TABLE attempt (
	riding_id BIGINT NOT NULL, 
	device_id BLOB NOT NULL, 
	device_seq BIGINT NOT NULL, 
	door_id BLOB NOT NULL, 
	person_id BLOB NOT NULL, 
	code TEXT NOT NULL, 
	contact SMALLINT DEFAULT '0' NOT NULL, 
	channel TEXT DEFAULT '' NOT NULL, 
	wall_ms BIGINT DEFAULT '0' NOT NULL, 
	day TEXT DEFAULT '' NOT NULL, 
	author TEXT DEFAULT '' NOT NULL, 
	shift BLOB NOT NULL, 
	walk_list BIGINT DEFAULT '0' NOT NULL, 
	line INTEGER DEFAULT '0' NOT NULL, 
	turf_id BLOB NOT NULL, 
	PRIMARY KEY (riding_id, device_id, device_seq)
)
 WITHOUT ROWID

CREATE INDEX attempt_day ON attempt (riding_id, day, turf_id, code)

CREATE INDEX attempt_door ON attempt (riding_id, door_id)

CREATE INDEX attempt_list ON attempt (riding_id, walk_list, line)

CREATE INDEX attempt_person ON attempt (riding_id, person_id)

CREATE TABLE "conflict" (
	riding_id BIGINT NOT NULL, 
	subject BLOB NOT NULL, 
	field TEXT NOT NULL, 
	opened_ms BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (riding_id, subject, field)
)

CREATE TABLE device (
	device_id BLOB NOT NULL, 
	name TEXT NOT NULL, 
	public_key BLOB NOT NULL, 
	box_key BLOB NOT NULL, 
	ridings TEXT NOT NULL, 
	scope_generation BIGINT DEFAULT '0' NOT NULL, 
	enrolled_ms BIGINT DEFAULT '0' NOT NULL, 
	seen_ms BIGINT DEFAULT '0' NOT NULL, 
	revoked SMALLINT DEFAULT '0' NOT NULL, role TEXT DEFAULT 'lead' NOT NULL, family TEXT DEFAULT '' NOT NULL, turn INTEGER DEFAULT '0' NOT NULL, turned_ms BIGINT DEFAULT '0' NOT NULL, shown INTEGER DEFAULT '0' NOT NULL, had TEXT DEFAULT '[]' NOT NULL, wipe SMALLINT DEFAULT '0' NOT NULL, revoked_ms BIGINT DEFAULT '0' NOT NULL, told_ms BIGINT DEFAULT '0' NOT NULL, emptied_ms BIGINT DEFAULT '0' NOT NULL, declared TEXT DEFAULT '' NOT NULL, declared_by TEXT DEFAULT '[]' NOT NULL, declared_ms BIGINT DEFAULT '0' NOT NULL, given_to TEXT DEFAULT '[]' NOT NULL, 
	PRIMARY KEY (device_id)
)

CREATE TABLE device_log (
	riding_id BIGINT NOT NULL, 
	device_id BLOB NOT NULL, 
	last_seq BIGINT DEFAULT '0' NOT NULL, 
	acked_through BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (riding_id, device_id)
)

CREATE TABLE door (
	riding_id BIGINT NOT NULL, 
	door_id BLOB NOT NULL, 
	number INTEGER DEFAULT '0' NOT NULL, 
	suffix TEXT DEFAULT '' NOT NULL, 
	street TEXT DEFAULT '' NOT NULL, 
	street_type TEXT DEFAULT '' NOT NULL, 
	street_direction TEXT DEFAULT '' NOT NULL, 
	street_label TEXT DEFAULT '' NOT NULL, 
	unit TEXT DEFAULT '' NOT NULL, 
	floor INTEGER DEFAULT '0' NOT NULL, 
	municipality TEXT DEFAULT '' NOT NULL, 
	postal_code TEXT DEFAULT '' NOT NULL, 
	lon_e6 INTEGER DEFAULT '0' NOT NULL, 
	lat_e6 INTEGER DEFAULT '0' NOT NULL, 
	polling_division TEXT DEFAULT '' NOT NULL, 
	building_use TEXT DEFAULT '' NOT NULL, 
	access TEXT DEFAULT '' NOT NULL, 
	on_file SMALLINT DEFAULT '0' NOT NULL, 
	state SMALLINT DEFAULT '0' NOT NULL, 
	barred SMALLINT DEFAULT '0' NOT NULL, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	contacts INTEGER DEFAULT '0' NOT NULL, 
	last_code TEXT DEFAULT '' NOT NULL, 
	last_ms BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (riding_id, door_id)
)
 WITHOUT ROWID

CREATE TABLE enrolment (
	selector TEXT NOT NULL, 
	code_hash BLOB NOT NULL, 
	ridings TEXT NOT NULL, 
	label TEXT DEFAULT '' NOT NULL, 
	expires_ms BIGINT DEFAULT '0' NOT NULL, 
	tries INTEGER DEFAULT '0' NOT NULL, 
	used_by BLOB NOT NULL, role TEXT DEFAULT 'lead' NOT NULL, given_to TEXT DEFAULT '[]' NOT NULL, 
	PRIMARY KEY (selector)
)

CREATE TABLE erased (
	riding_id BIGINT NOT NULL, 
	salt BLOB NOT NULL, 
	match_key BLOB NOT NULL, 
	PRIMARY KEY (riding_id, salt, match_key)
)
 WITHOUT ROWID

CREATE INDEX erased_match ON erased (riding_id, match_key)

CREATE TABLE event (
	riding_id BIGINT NOT NULL, 
	device_id BLOB NOT NULL, 
	device_seq BIGINT NOT NULL, 
	kind TEXT NOT NULL, 
	subject BLOB NOT NULL, 
	shift BLOB NOT NULL, 
	hlc BIGINT DEFAULT '0' NOT NULL, 
	wall_ms BIGINT DEFAULT '0' NOT NULL, 
	stamp BIGINT, 
	riding_sequence BIGINT, 
	hash BLOB NOT NULL, 
	raw BLOB NOT NULL, 
	PRIMARY KEY (riding_id, device_id, device_seq)
)

CREATE INDEX event_sequence ON event (riding_id, riding_sequence) WHERE riding_sequence IS NOT NULL

CREATE INDEX event_shift ON event (riding_id, shift)

CREATE INDEX event_subject ON event (riding_id, subject)

CREATE TABLE fork (
	riding_id BIGINT NOT NULL, 
	device_id BLOB NOT NULL, 
	device_seq BIGINT NOT NULL, 
	hash BLOB NOT NULL, 
	raw BLOB NOT NULL, 
	PRIMARY KEY (riding_id, device_id, device_seq, hash)
)

CREATE TABLE layer (
	riding_id BIGINT NOT NULL, 
	layer TEXT NOT NULL, 
	subject BLOB NOT NULL, 
	asset BLOB NOT NULL, 
	attribution TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (riding_id, layer)
)

CREATE TABLE meta (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
)

CREATE TABLE note (
	riding_id BIGINT NOT NULL, 
	device_id BLOB NOT NULL, 
	device_seq BIGINT NOT NULL, 
	subject BLOB NOT NULL, 
	author TEXT NOT NULL, 
	wall_ms BIGINT DEFAULT '0' NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (riding_id, device_id, device_seq)
)
 WITHOUT ROWID

CREATE INDEX note_subject ON note (riding_id, subject)

CREATE TABLE number_block (
	first BIGINT NOT NULL, 
	device_id BLOB NOT NULL, 
	leased_ms BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (first)
)

CREATE TABLE off_file (
	riding_id BIGINT NOT NULL, 
	entity TEXT NOT NULL, 
	id BLOB NOT NULL, 
	PRIMARY KEY (riding_id, entity, id)
)

CREATE TABLE person (
	riding_id BIGINT NOT NULL, 
	person_id BLOB NOT NULL, 
	door_id BLOB NOT NULL, 
	last TEXT DEFAULT '' NOT NULL, 
	first TEXT DEFAULT '' NOT NULL, 
	middle TEXT DEFAULT '' NOT NULL, 
	birth_year INTEGER DEFAULT '0' NOT NULL, 
	phone TEXT DEFAULT '' NOT NULL, 
	email TEXT DEFAULT '' NOT NULL, 
	language TEXT DEFAULT '' NOT NULL, 
	sex TEXT DEFAULT '' NOT NULL, 
	source TEXT DEFAULT '' NOT NULL, 
	external_id TEXT DEFAULT '' NOT NULL, 
	search TEXT DEFAULT '' NOT NULL, 
	support TEXT DEFAULT '' NOT NULL, 
	listed_support TEXT DEFAULT '' NOT NULL, 
	gone TEXT DEFAULT '' NOT NULL, 
	barred SMALLINT DEFAULT '0' NOT NULL, 
	on_file SMALLINT DEFAULT '0' NOT NULL, no_call SMALLINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (riding_id, person_id)
)
 WITHOUT ROWID

CREATE INDEX person_door ON person (riding_id, door_id)

CREATE TABLE projector (
	riding_id BIGINT NOT NULL, 
	through BIGINT DEFAULT '0' NOT NULL, 
	events BIGINT DEFAULT '0' NOT NULL, 
	digest TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (riding_id)
)

CREATE TABLE quarantine (
	riding_id BIGINT NOT NULL, 
	device_id BLOB NOT NULL, 
	device_seq BIGINT NOT NULL, 
	reason TEXT NOT NULL, 
	raw BLOB NOT NULL, 
	PRIMARY KEY (riding_id, device_id, device_seq)
)

CREATE TABLE receipt (
	riding_id BIGINT NOT NULL, 
	device_id BLOB NOT NULL, 
	through_seq BIGINT NOT NULL, 
	name TEXT NOT NULL, 
	received_ms BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (riding_id, device_id, through_seq)
)

CREATE TABLE relayed (
	riding_id BIGINT NOT NULL, 
	device_id BLOB NOT NULL, 
	from_seq BIGINT NOT NULL, 
	carrier BLOB NOT NULL, 
	received_ms BIGINT NOT NULL, 
	to_seq BIGINT DEFAULT '0' NOT NULL, 
	events BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (riding_id, device_id, from_seq, carrier, received_ms)
)

CREATE TABLE riding (
	riding_id BIGINT NOT NULL, 
	name_en TEXT DEFAULT '' NOT NULL, 
	name_fr TEXT DEFAULT '' NOT NULL, 
	province TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (riding_id)
)

CREATE TABLE riding_counter (
	riding_id BIGINT NOT NULL, 
	last_sequence BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (riding_id)
)

CREATE TABLE roster (
	riding_id BIGINT NOT NULL, 
	roster_id BLOB NOT NULL, 
	name BLOB NOT NULL, 
	source TEXT NOT NULL, 
	doors INTEGER NOT NULL, 
	people INTEGER NOT NULL, 
	rank BIGINT DEFAULT '0' NOT NULL, 
	added_ms BIGINT DEFAULT '0' NOT NULL, 
	author TEXT DEFAULT '' NOT NULL, 
	withdrawn SMALLINT DEFAULT '0' NOT NULL, 
	complete SMALLINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (riding_id, roster_id)
)

CREATE TABLE roster_chunk (
	riding_id BIGINT NOT NULL, 
	roster_id BLOB NOT NULL, 
	chunk INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	first_key BLOB NOT NULL, 
	leaves BLOB NOT NULL, 
	data BLOB NOT NULL, 
	PRIMARY KEY (riding_id, roster_id, chunk)
)

CREATE TABLE same_as (
	riding_id BIGINT NOT NULL, 
	entity TEXT NOT NULL, 
	low BLOB NOT NULL, 
	high BLOB NOT NULL, 
	joined SMALLINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (riding_id, entity, low, high)
)

CREATE TABLE shift (
	riding_id BIGINT NOT NULL, 
	shift_id BLOB NOT NULL, 
	device_id BLOB NOT NULL, 
	volunteer TEXT DEFAULT '' NOT NULL, 
	walk_list BIGINT DEFAULT '0' NOT NULL, 
	opened_ms BIGINT DEFAULT '0' NOT NULL, 
	closed SMALLINT DEFAULT '0' NOT NULL, 
	voided SMALLINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (riding_id, shift_id)
)

CREATE TABLE sync_state (
	riding_id BIGINT NOT NULL, 
	cursor TEXT DEFAULT '' NOT NULL, 
	pulled_through BIGINT DEFAULT '0' NOT NULL, 
	events BIGINT DEFAULT '0' NOT NULL, 
	digest TEXT DEFAULT '' NOT NULL, 
	last_contact_ms BIGINT DEFAULT '0' NOT NULL, 
	last_receipt TEXT DEFAULT '' NOT NULL, 
	verified_ms BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (riding_id)
)

CREATE TABLE turf (
	riding_id BIGINT NOT NULL, 
	turf_id BLOB NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	assigned TEXT DEFAULT '' NOT NULL, 
	color INTEGER DEFAULT '0' NOT NULL, 
	seconds INTEGER DEFAULT '0' NOT NULL, 
	metres INTEGER DEFAULT '0' NOT NULL, 
	retired SMALLINT DEFAULT '0' NOT NULL, 
	rank BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (riding_id, turf_id)
)

CREATE TABLE turf_door (
	riding_id BIGINT NOT NULL, 
	turf_id BLOB NOT NULL, 
	position INTEGER NOT NULL, 
	door_id BLOB NOT NULL, 
	PRIMARY KEY (riding_id, turf_id, position)
)
 WITHOUT ROWID

CREATE INDEX turf_door_door ON turf_door (riding_id, door_id)

CREATE TABLE walk_list (
	riding_id BIGINT NOT NULL, 
	list_id BLOB NOT NULL, 
	number BIGINT DEFAULT '0' NOT NULL, 
	turf_id BLOB NOT NULL, 
	asset BLOB NOT NULL, 
	canvasser TEXT DEFAULT '' NOT NULL, 
	lines INTEGER DEFAULT '0' NOT NULL, 
	pages INTEGER DEFAULT '0' NOT NULL, 
	doors INTEGER DEFAULT '0' NOT NULL, 
	language TEXT DEFAULT '' NOT NULL, 
	issued_ms BIGINT DEFAULT '0' NOT NULL, 
	returned SMALLINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (riding_id, list_id)
)

CREATE INDEX walk_list_number ON walk_list (riding_id, number)

CREATE TABLE handed_in (
	device_id BLOB NOT NULL, 
	seal BLOB NOT NULL, 
	parts INTEGER DEFAULT '0' NOT NULL, 
	received_ms BIGINT DEFAULT '0' NOT NULL, 
	state TEXT DEFAULT 'coming' NOT NULL, 
	decided_ms BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (device_id, seal)
)

CREATE TABLE handed_in_part (
	device_id BLOB NOT NULL, 
	seal BLOB NOT NULL, 
	part INTEGER NOT NULL, 
	data BLOB NOT NULL, 
	PRIMARY KEY (device_id, seal, part)
)

CREATE TABLE team (
	riding_id BIGINT NOT NULL, 
	team_id BLOB NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	place TEXT DEFAULT '' NOT NULL, 
	remark TEXT DEFAULT '' NOT NULL, 
	shut SMALLINT DEFAULT '0' NOT NULL, 
	rank BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (riding_id, team_id)
)

CREATE TABLE member (
	riding_id BIGINT NOT NULL, 
	member_id BLOB NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	search TEXT DEFAULT '' NOT NULL, 
	phone TEXT DEFAULT '' NOT NULL, 
	email TEXT DEFAULT '' NOT NULL, 
	languages TEXT DEFAULT '' NOT NULL, 
	needs TEXT DEFAULT '' NOT NULL, 
	pin TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (riding_id, member_id)
)
 WITHOUT ROWID

CREATE TABLE team_member (
	riding_id BIGINT NOT NULL, 
	team_id BLOB NOT NULL, 
	member_id BLOB NOT NULL, 
	role TEXT NOT NULL, 
	PRIMARY KEY (riding_id, team_id, member_id)
)
 WITHOUT ROWID

CREATE INDEX team_member_member ON team_member (riding_id, member_id)

CREATE TABLE gathering (
	riding_id BIGINT NOT NULL, 
	gathering_id BLOB NOT NULL, 
	team_id BLOB NOT NULL, 
	sort TEXT DEFAULT '' NOT NULL, 
	start_ms BIGINT DEFAULT '0' NOT NULL, 
	end_ms BIGINT DEFAULT '0' NOT NULL, 
	place TEXT DEFAULT '' NOT NULL, 
	places INTEGER DEFAULT '0' NOT NULL, 
	remark TEXT DEFAULT '' NOT NULL, 
	cancelled SMALLINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (riding_id, gathering_id)
)

CREATE INDEX gathering_start ON gathering (riding_id, start_ms)

CREATE TABLE sign_up (
	riding_id BIGINT NOT NULL, 
	gathering_id BLOB NOT NULL, 
	member_id BLOB NOT NULL, 
	answer TEXT DEFAULT '' NOT NULL, 
	came TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (riding_id, gathering_id, member_id)
)
 WITHOUT ROWID

CREATE INDEX sign_up_member ON sign_up (riding_id, member_id)

CREATE TABLE audit (
	riding_id BIGINT NOT NULL, 
	chain BLOB NOT NULL, 
	number BIGINT NOT NULL, 
	wall_ms BIGINT DEFAULT '0' NOT NULL, 
	hash BLOB NOT NULL, 
	raw BLOB NOT NULL, 
	PRIMARY KEY (riding_id, chain, number)
)

CREATE TABLE audit_ref (
	riding_id BIGINT NOT NULL, 
	ref BLOB NOT NULL, 
	chain BLOB NOT NULL, 
	number BIGINT NOT NULL, 
	PRIMARY KEY (riding_id, ref, chain, number)
)
 WITHOUT ROWID

CREATE TABLE audit_set (
	riding_id BIGINT NOT NULL, 
	name BLOB NOT NULL, 
	part INTEGER NOT NULL, 
	low BLOB NOT NULL, 
	high BLOB NOT NULL, 
	data BLOB NOT NULL, 
	sent SMALLINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (riding_id, name, part)
)

CREATE INDEX audit_set_range ON audit_set (riding_id, low, high)

CREATE TABLE audit_head (
	riding_id BIGINT NOT NULL, 
	chain BLOB NOT NULL, 
	device_id BLOB NOT NULL, 
	own INTEGER DEFAULT '0' NOT NULL, 
	number BIGINT DEFAULT '0' NOT NULL, 
	hash BLOB NOT NULL, 
	acked BIGINT DEFAULT '0' NOT NULL, 
	taken_ms BIGINT DEFAULT '0' NOT NULL, 
	broken BIGINT DEFAULT '0' NOT NULL, 
	trouble TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (riding_id, chain)
)

CREATE TABLE audit_anchor (
	riding_id BIGINT NOT NULL, 
	chain BLOB NOT NULL, 
	number BIGINT DEFAULT '0' NOT NULL, 
	hash BLOB NOT NULL, 
	payload BLOB NOT NULL, 
	signature BLOB NOT NULL, 
	PRIMARY KEY (riding_id, chain)
)

CREATE TABLE account (
	login TEXT NOT NULL, 
	name TEXT NOT NULL, 
	role TEXT NOT NULL, 
	ridings TEXT NOT NULL, 
	password TEXT NOT NULL, 
	disabled SMALLINT DEFAULT '0' NOT NULL, 
	added_ms BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (login)
)

CREATE TABLE web_session (
	hash BLOB NOT NULL, 
	login TEXT NOT NULL, 
	began_ms BIGINT DEFAULT '0' NOT NULL, 
	seen_ms BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (hash)
)

CREATE TABLE account_past (
	login TEXT NOT NULL, 
	at_ms BIGINT NOT NULL, 
	nonce BLOB NOT NULL, 
	what TEXT NOT NULL, 
	detail TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (login, at_ms, nonce)
)

CREATE TABLE barred_number (
	riding_id BIGINT NOT NULL, 
	number_key BLOB NOT NULL, 
	PRIMARY KEY (riding_id, number_key)
)
 WITHOUT ROWID

CREATE TABLE audit_page (
	riding_id BIGINT NOT NULL, 
	ref BLOB NOT NULL, 
	device BLOB NOT NULL, 
	wall_ms BIGINT NOT NULL, 
	chain BLOB NOT NULL, 
	number BIGINT NOT NULL, 
	low BIGINT DEFAULT '0' NOT NULL, 
	high BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (riding_id, ref, device, wall_ms, chain, number)
)
 WITHOUT ROWID

CREATE TABLE slice (
	riding_id BIGINT NOT NULL, 
	device_id BLOB NOT NULL, 
	generation BIGINT DEFAULT '0' NOT NULL, 
	subjects BLOB NOT NULL, 
	own_after BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (riding_id, device_id)
)

CREATE TABLE selection (
	riding_id BIGINT NOT NULL, 
	selection_id BLOB NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	definition TEXT DEFAULT '' NOT NULL, 
	removed SMALLINT DEFAULT '0' NOT NULL, 
	editor TEXT DEFAULT '' NOT NULL, 
	edited_ms BIGINT DEFAULT '0' NOT NULL, 
	rank BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (riding_id, selection_id)
)

CREATE INDEX person_support ON person (riding_id, support, gone, barred, door_id) WHERE support <> ''

CREATE INDEX person_language ON person (riding_id, language, gone, barred, door_id) WHERE language <> ''

CREATE TABLE draft (
	riding_id BIGINT NOT NULL, 
	at INTEGER DEFAULT '0' NOT NULL, 
	base BLOB NOT NULL, 
	begun_ms BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (riding_id)
)

CREATE TABLE draft_edit (
	riding_id BIGINT NOT NULL, 
	seq INTEGER NOT NULL, 
	body BLOB NOT NULL, 
	PRIMARY KEY (riding_id, seq)
)

INSERT INTO alembic_version VALUES ('20261205_drafts')
