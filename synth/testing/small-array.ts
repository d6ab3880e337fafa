/**
 * A hand-written design of the kind that the generators make, small: an array of two identical lanes, each with a dot
 * product of four 3-bit elements, a saturating sum and a memory with a synchronous write and an asynchronous read.
 */
export const smallArray = {
  top: "small_array",
  files: [
    {
      fileName: "out/small_array.v",
      text: `module small_array (
    input clock,
    input first,
    input write,
    input [1:0] index,
    input [23:0] a,
    input [11:0] b,
    output [15:0] sum
);
  small_lane lane_0 (.clock(clock), .first(first), .write(write), .index(index), .a(a[11:0]), .b(b), .sum(sum[7:0]));
  small_lane lane_1 (.clock(clock), .first(first), .write(write), .index(index), .a(a[23:12]), .b(b), .sum(sum[15:8]));
endmodule
`,
    },
    {
      fileName: "out/small_lane.v",
      text: `module small_lane (
    input clock,
    input first,
    input write,
    input [1:0] index,
    input [11:0] a,
    input [11:0] b,
    output [7:0] sum
);
  reg signed [7:0] store [0:3];
  reg signed [7:0] dot_q;
  wire signed [7:0] dot;
  wire signed [7:0] old = first ? 8'sd0 : store[index];
  wire signed [8:0] next = old + dot_q;
  wire over = next > 9'sd127;
  wire under = next < -9'sd128;
  assign sum = over ? 8'h7f : under ? 8'h80 : next[7:0];
  small_dot dot_product (.a(a), .b(b), .dot(dot));
  always @(posedge clock) begin
    dot_q <= dot;
    if (write) store[index] <= sum;
  end
endmodule
`,
    },
    {
      fileName: "out/small_dot.v",
      text: `module small_dot (
    input [11:0] a,
    input [11:0] b,
    output signed [7:0] dot
);
  wire signed [2:0] a_0 = a[2:0];
  wire signed [2:0] a_1 = a[5:3];
  wire signed [2:0] a_2 = a[8:6];
  wire signed [2:0] a_3 = a[11:9];
  wire signed [2:0] b_0 = b[2:0];
  wire signed [2:0] b_1 = b[5:3];
  wire signed [2:0] b_2 = b[8:6];
  wire signed [2:0] b_3 = b[11:9];
  wire signed [5:0] p_0 = a_0 * b_0;
  wire signed [5:0] p_1 = a_1 * b_1;
  wire signed [5:0] p_2 = a_2 * b_2;
  wire signed [5:0] p_3 = a_3 * b_3;
  wire signed [6:0] s_0 = p_0 + p_1;
  wire signed [6:0] s_1 = p_2 + p_3;
  assign dot = s_0 + s_1;
endmodule
`,
    },
  ],
} as const;
