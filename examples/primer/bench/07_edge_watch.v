// Exercise 07: any-edge detector and falling-edge capture
// Self-checking bench, Verilog-2001.
`timescale 1ns/1ps
module tb;
    reg        clk, reset;
    reg  [7:0] in;
    wire [7:0] anyedge, captured;
    edge_watch dut (.clk(clk), .reset(reset), .in(in), .anyedge(anyedge), .captured(captured));

    // ---- book-keeping -------------------------------------------------
    integer errors, vec, seed, first_vec;
    reg [8*16-1:0] first_name;
    reg [511:0]    first_got, first_want;

    // compare one output with the model, remember the first difference
    task check;
        input [8*16-1:0] name;
        input [511:0]    got, want;
        if (got !== want) begin
            if (errors == 0) begin
                first_vec  = vec;
                first_name = name;
                first_got  = got;
                first_want = want;
            end
            errors = errors + 1;
        end
    endtask

    task report;
        begin
            if (errors == 0) $display("PASS 07");
            else $display("FAIL 07 %0d first at cycle %0d %0s: got %0h, expected %0h",
                          errors, first_vec, first_name, first_got, first_want);
            $finish(0);
        end
    endtask

    initial begin : time_out
        #1000000;
        $display("FAIL 07 %0d first at time-out", errors + 1);
        $finish(0);
    end

    // model: keeps the last two samples and, per bit, whether a fall was seen
    reg [7:0] s0, s1, seen;
    integer   samples, j;
    reg       live;
    task look;
        begin
            if (samples >= 2) check("anyedge", anyedge, s0 ^ s1);
            if (live)         check("captured", captured, seen);
        end
    endtask

    task cycle;
        begin
            #4 look;
            clk = 1;
            s1 = s0; s0 = in; samples = samples + 1;
            for (j = 0; j < 8; j = j + 1)
                if (reset) seen[j] = 0;
                else if (s1[j] === 1'b1 && s0[j] === 1'b0) seen[j] = 1;
            if (reset) live = 1;
            #2 look;
            in = ~in; #1 look;              // a glitch between edges is not seen
            in = ~in; #1 look;
            clk = 0;
            #2 look;
            vec = vec + 1;
        end
    endtask

    integer k;
    initial begin
        errors = 0; vec = 0; seed = 32'd75444;
        live = 0; samples = 0; s0 = 8'hxx; s1 = 8'hxx; seen = 0;
        clk = 0; reset = 1; in = 8'hff;
        #5;
        cycle; cycle;
        in = 8'h00; cycle;                  // falls under reset: not captured, but an edge
        reset = 0; cycle; cycle;
        in = 8'hff; cycle;                  // rises: not captured
        reset = 1; cycle;
        reset = 0; in = 8'h0f; cycle;       // first edge after reset captures
        cycle; cycle;
        in = 8'h00; cycle;
        in = 8'hff; cycle;
        reset = 1; in = 8'h00; cycle;       // reset and fall together: reset wins
        reset = 0; cycle; cycle;
        for (k = 0; k < 8; k = k + 1) begin
            reset = 1; in = 8'hff; cycle;
            reset = 0; in = ~(8'd1 << k); cycle;
            in = 8'hff; cycle; cycle;
        end
        for (k = 0; k < 4000; k = k + 1) begin
            case ($random(seed) & 3)
                0: in = $random(seed);
                1: in = in ^ (8'd1 << ($random(seed) & 7));
                2: in = in | $random(seed);
                3: in = in;
            endcase
            reset = (($random(seed) & 7) == 0);
            cycle;
        end
        report;
    end
endmodule
