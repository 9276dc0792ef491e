"""The papers in Word: templates as files, filled from the view."""
