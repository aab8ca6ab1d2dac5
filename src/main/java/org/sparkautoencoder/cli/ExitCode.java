package org.sparkautoencoder.cli;

/** What the program tells its caller. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILURE = 1;
    static final int USAGE = 2;
    static final int BAD_INPUT = 3;
    static final int DIVERGED = 4;
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
