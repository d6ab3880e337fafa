// Exercise 11: Galois LFSR
// Self-checking bench, Verilog-2001.
`timescale 1ns/1ps
module tb;
    reg         clk, areset, load, ena;
    reg  [31:0] seed_in;
    wire [31:0] q;
    lfsr32 dut (.clk(clk), .areset(areset), .load(load), .ena(ena), .seed(seed_in), .q(q));

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
            if (errors == 0) $display("PASS 11");
            else $display("FAIL 11 %0d first at cycle %0d %0s: got %0h, expected %0h",
                          errors, first_vec, first_name, first_got, first_want);
            $finish(0);
        end
    endtask

    initial begin : time_out
        #1000000;
        $display("FAIL 11 %0d first at time-out", errors + 1);
        $finish(0);
    end

    // model: bit by bit
    reg [31:0] m, nx;
    integer j;
    reg live;
    task look; if (live) check("q", q, {m}); endtask

    task pull;
        begin
            areset = 1; m = 1; live = 1;
            #1 look;
        end
    endtask

    task cycle;
        begin
            #3 look;
            clk = 1;
            if (areset) m = 1;
            else if (load) m = (seed_in == 0) ? 1 : seed_in;
            else if (ena) begin
                for (j = 0; j < 32; j = j + 1) begin
                    nx[j] = (j == 31) ? 1'b0 : m[(j + 1) % 32];
                    if (j == 31 || j == 29 || j == 25 || j == 24) nx[j] = nx[j] ^ m[0];
                end
                m = nx;
            end
            #2 look;
            seed_in = ~seed_in; load = ~load; #1 look;
            seed_in = ~seed_in; load = ~load; #1 look;
            clk = 0;
            #2 look;
            vec = vec + 1;
        end
    endtask

    integer k;
    initial begin
        errors = 0; vec = 0; seed = 32'd107120;
        live = 0; m = 0;
        clk = 0; areset = 0; load = 0; ena = 1; seed_in = 32'h5;
        #7 pull;
        cycle; load = 1; cycle; load = 0;           // held by the reset
        areset = 0; #1 look;
        for (k = 0; k < 3000; k = k + 1) cycle;
        ena = 0; cycle; cycle;
        load = 1; seed_in = 32'h0; cycle;           // zero seed becomes one
        load = 0; ena = 1; cycle; cycle;
        load = 1; seed_in = 32'h80000000; cycle;    // load over ena
        load = 0; for (k = 0; k < 100; k = k + 1) cycle;
        pull; areset = 0; #1 look; cycle; cycle;    // short pulse between edges
        for (k = 0; k < 4000; k = k + 1) begin
            seed_in = (($random(seed) & 3) == 0) ? 32'd0 : $random(seed);
            load = (($random(seed) & 31) == 0);
            ena  = (($random(seed) & 7) != 0);
            #1;
            if (($random(seed) & 63) == 0) pull;
            else if (areset && ($random(seed) & 1)) begin areset = 0; #1 look; end
            cycle;
        end
        report;
    end
endmodule
