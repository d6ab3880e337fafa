// Written by hand, for the tests of external modules: what a primitive does with parameters that are no whole numbers.
module vendor_ratio #(
  parameter real RATIO = 1.0,
  parameter real OFFSET = 0.0
) (
  output wire signed [15:0] thousandths
);
  localparam integer VALUE = $rtoi(RATIO * 1000.0 + OFFSET * 1000.0);

  assign thousandths = VALUE[15:0];
endmodule
