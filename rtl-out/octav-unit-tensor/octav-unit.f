OctavFraction.v
OctavUnit.v
