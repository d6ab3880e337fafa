// Exercise 19: branch predictor with target memory
// Self-checking bench, Verilog-2001.
`timescale 1ns/1ps
module tb;
    reg         clk, areset;
    reg  [4:0]  pc, train_pc;
    reg         train, train_taken;
    reg  [15:0] train_target;
    wire        taken;
    wire [15:0] target;
    wire [4:0]  history;
    bpred dut (.clk(clk), .areset(areset), .pc(pc), .taken(taken), .target(target),
               .history(history), .train(train), .train_pc(train_pc),
               .train_taken(train_taken), .train_target(train_target));

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
            if (errors == 0) $display("PASS 19");
            else $display("FAIL 19 %0d first at cycle %0d %0s: got %0h, expected %0h",
                          errors, first_vec, first_name, first_got, first_want);
            $finish(0);
        end
    endtask

    initial begin : time_out
        #2000000;
        $display("FAIL 19 %0d first at time-out", errors + 1);
        $finish(0);
    end

    // model: counters as integers 0..3, memory with a written mark
    integer    ctr [0:31];
    reg [15:0] mem [0:31];
    reg [31:0] written;
    reg [4:0]  h;
    reg [15:0] w_target;
    reg        live, w_known;
    integer    j;
    task look;
        begin
            if (live) begin
                check("taken", taken, ctr[pc ^ h] >= 2);
                check("history", history, h);
            end
            if (w_known) check("target", target, w_target);
        end
    endtask

    task clear;
        begin
            h = 0; live = 1;
            for (j = 0; j < 32; j = j + 1) ctr[j] = 1;
        end
    endtask

    task pull;
        begin
            train = 0;
            areset = 1; clear;
            #1 look;
        end
    endtask

    task cycle;
        begin
            #3 look;
            clk = 1;
            w_known  = written[pc];
            w_target = mem[pc];
            if (areset) clear;
            else if (train) begin
                j = train_pc ^ h;
                if (train_taken) begin
                    if (ctr[j] < 3) ctr[j] = ctr[j] + 1;
                    mem[train_pc] = train_target;
                    written[train_pc] = 1;
                end else if (ctr[j] > 0) ctr[j] = ctr[j] - 1;
                h = h * 2 + train_taken;
            end
            #2 look;
            pc = ~pc; train_pc = ~train_pc; train_taken = ~train_taken; #1 look;
            pc = ~pc; train_pc = ~train_pc; train_taken = ~train_taken; #1 look;
            clk = 0;
            #2 look;
            vec = vec + 1;
        end
    endtask

    // all predictions, between two clock edges
    task scan;
        integer p;
        reg [4:0] keep;
        begin
            keep = pc;
            for (p = 0; p < 32; p = p + 1) begin pc = p; #1 look; end
            pc = keep;
        end
    endtask

    integer k, m;
    initial begin
        errors = 0; vec = 0; seed = 32'd170472;
        live = 0; w_known = 0; written = 0; h = 0;
        clk = 0; areset = 0; pc = 0; train = 0; train_pc = 0; train_taken = 0; train_target = 0;
        #7 pull; scan;
        cycle;
        areset = 0; #1 look;
        // the whole memory: write every entry, then read it back
        for (k = 0; k < 32; k = k + 1) begin
            train = 1; train_taken = 1; train_pc = k; train_target = 16'h1357 * (k + 1);
            pc = k; cycle;
        end
        train = 0;
        for (k = 0; k < 32; k = k + 1) begin pc = k; cycle; end
        scan;
        // a not-taken training does not write
        train = 1; train_taken = 0; train_pc = 5'd9; train_target = 16'hdead; pc = 5'd9; cycle;
        train = 0; cycle;
        // reading while writing gives the old word, then the new one
        train = 1; train_taken = 1; train_pc = 5'd9; train_target = 16'hbeef; cycle;
        train = 0; cycle;
        // target holds its word until the next edge although pc moves
        pc = 5'd3; #1 look; cycle;
        // saturation both ways with the history settled
        train = 1; train_pc = 5'd20; train_taken = 1;
        for (k = 0; k < 12; k = k + 1) begin cycle; scan; end
        train_taken = 0;
        for (k = 0; k < 16; k = k + 1) begin cycle; scan; end
        train_taken = 1;
        for (k = 0; k < 16; k = k + 1) begin cycle; scan; end
        pull; scan;                         // reset clears counters, memory stays
        pc = 5'd9; cycle; areset = 0; #1 look; cycle; cycle;
        for (k = 0; k < 6000; k = k + 1) begin
            pc           = $random(seed);
            train        = (($random(seed) & 3) != 0) && !areset;
            train_pc     = (($random(seed) & 3) == 0) ? pc : $random(seed);
            train_taken  = (k[7]) ? (($random(seed) & 7) != 0) : (($random(seed) & 3) == 0);
            train_target = $random(seed);
            #1;
            if (($random(seed) & 255) == 0) pull;
            else if (areset && ($random(seed) & 1)) begin train = 0; areset = 0; #1 look; end
            if (areset) train = 0;
            cycle;
            if (k % 16 == 0) scan;
        end
        report;
    end
endmodule
