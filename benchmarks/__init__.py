"""Speed, told as ratios within one run: seconds belong to a machine, ratios to the work. Called by `./run bench`."""
