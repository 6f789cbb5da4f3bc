"""What is measured against limits and peers; `make bench` prints it."""
