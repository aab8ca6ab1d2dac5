package org.sparkautoencoder.cli;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of a command as they are in force. */
final class Options {
    private Options() {}

    /** Values by option name, sorted; for the table of runs. */
    static Map<String, String> effective(CommandSpec command) {
        Map<String, String> values = new TreeMap<>();
        for (OptionSpec option : command.options()) {
            if (option.getValue() != null && !option.usageHelp() && !option.versionHelp()) {
                values.put(option.longestName().substring("--".length()), Objects.toString(option.getValue()));
            }
        }
        return values;
    }
}
