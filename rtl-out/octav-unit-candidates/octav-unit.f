OctavPass.v
OctavFraction.v
OctavUnit.v
