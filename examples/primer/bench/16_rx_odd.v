// Exercise 16: serial receiver with odd parity
// Self-checking bench, Verilog-2001.
`timescale 1ns/1ps
module tb;
    reg        clk, reset, in;
    wire [7:0] data;
    wire       done;
    rx_odd dut (.clk(clk), .reset(reset), .in(in), .data(data), .done(done));

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
            if (errors == 0) $display("PASS 16");
            else $display("FAIL 16 %0d first at cycle %0d %0s: got %0h, expected %0h",
                          errors, first_vec, first_name, first_got, first_want);
            $finish(0);
        end
    endtask

    initial begin : time_out
        #2000000;
        $display("FAIL 16 %0d first at time-out", errors + 1);
        $finish(0);
    end

    // model: position in the frame (-1 idle, -2 line stuck low), all bits kept
    integer    pos;
    reg [10:0] bits;
    reg [7:0]  w_data;
    reg        w_done, live;
    task look;
        if (live) begin
            check("done", done, w_done);
            if (w_done) check("data", data, w_data);
        end
    endtask

    task cycle;
        begin
            #4 look;
            clk = 1;
            w_done = 0;
            if (reset) begin pos = -1; live = 1; end
            else if (pos == -2) begin if (in) pos = -1; end
            else if (pos == -1) begin if (!in) pos = 1; end
            else begin
                bits[pos] = in;
                pos = pos + 1;
                if (pos == 11) begin
                    if (bits[10]) begin
                        pos    = -1;
                        w_done = ^bits[9:1];
                        w_data = bits[8:1];
                    end else pos = -2;
                end
            end
            #2 look;
            in = ~in; #1 look;
            in = ~in; #1 look;
            clk = 0;
            #2 look;
            vec = vec + 1;
        end
    endtask

    task put; input v; begin in = v; cycle; end endtask

    task frame;
        input [7:0] v;
        input       bad_parity;
        input       stop;
        integer b;
        begin
            put(0);
            for (b = 0; b < 8; b = b + 1) put(v[b]);
            put(~^v ^ bad_parity);
            put(stop);
        end
    endtask

    integer k, r;
    initial begin
        errors = 0; vec = 0; seed = 32'd146715;
        live = 0; pos = -1; w_done = 0; bits = 0; w_data = 0;
        clk = 0; reset = 1; in = 1;
        #5;
        cycle; put(0); put(0); put(1);          // line ignored under reset
        reset = 0;
        put(1); put(1);
        for (k = 0; k < 256; k = k + 1) frame(k, 0, 1);     // back to back, every byte
        for (k = 0; k < 256; k = k + 1) frame(k, 1, 1);     // wrong parity
        put(1);
        frame(8'h55, 0, 0); put(0); put(0); put(0);         // missing stop
        put(1);
        frame(8'ha7, 0, 1); frame(8'h00, 0, 1); frame(8'hff, 0, 1);
        frame(8'h12, 0, 0); put(1); frame(8'h34, 0, 1);     // one idle bit is enough
        frame(8'h13, 1, 0); put(0); put(1); put(1); frame(8'h43, 0, 1);
        // reset in every place of a frame
        for (k = 0; k < 12; k = k + 1) begin
            put(1); put(1);
            put(0);
            for (r = 0; r < k; r = r + 1) put(r % 2);
            reset = 1; put(1); reset = 0;
            frame(8'hc3 ^ k, 0, 1);
            put(1);
        end
        // reset at the very edge that samples a good stop bit
        put(0);
        for (k = 0; k < 8; k = k + 1) put(1);
        put(1); reset = 1; put(1); reset = 0; put(1); put(1);
        // reset while waiting on a low line: a low bit after it is a start
        frame(8'h99, 0, 0); put(0); reset = 1; put(0); reset = 0;
        frame(8'h66, 0, 1); put(1);
        for (k = 0; k < 600; k = k + 1) begin
            r = $random(seed);
            frame(r[7:0], r[10:8] == 0, r[13:11] != 0);
            if (r[13:11] == 0) begin
                for (r = $random(seed) & 3; r > 0; r = r - 1) put(0);
                put(1);
            end
            for (r = $random(seed) & 3; r > 1; r = r - 1) put(1);
            reset = (($random(seed) & 15) == 0);
            put(1);
            reset = 0;
        end
        for (k = 0; k < 6000; k = k + 1) begin
            reset = (($random(seed) & 127) == 0);
            put($random(seed));
        end
        report;
    end
endmodule
