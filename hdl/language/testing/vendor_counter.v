// Written by hand, for the tests of external modules.
module vendor_counter #(
  parameter WIDTH = 4,
  parameter LIMIT = 15
) (
  input wire clk,
  input wire rst_n,
  input wire enable,
  output reg [WIDTH-1:0] Q,
  output wire full
);
  localparam [WIDTH-1:0] LAST = LIMIT[WIDTH-1:0];

  assign full = Q == LAST;

  always @(posedge clk) begin
    if (!rst_n) Q <= {WIDTH{1'b0}};
    else if (enable && !full) Q <= Q + 1'b1;
  end
endmodule
