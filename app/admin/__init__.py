"""What an administrator keeps: the services, counters, people, devices and settings of the centre."""
