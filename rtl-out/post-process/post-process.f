PostProcess.v
