package org.sparkautoencoder.cli;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of a command as they are in force, and where the project lies. */
final class Options {
    private Options() {}

    /** A folder of the project, whose place submit.sh names; without it, below the present one. */
    static Path projectFolder(String name) {
        String home = System.getenv("SPARK_AUTOENCODER_HOME");
        return Path.of(home == null ? "" : home).resolve(name);
    }

    /** Values by option name, sorted; for the table of runs. */
    static Map<String, String> effective(CommandSpec command) {
        Map<String, String> values = new TreeMap<>();
        for (OptionSpec option : command.options()) {
            if (option.getValue() != null && !option.usageHelp() && !option.versionHelp() && !option.inherited()) {
                values.put(name(option), text(option.getValue()));
            }
        }
        return values;
    }

    /** The name of an option, without dashes; of several, the first. */
    static String name(OptionSpec option) {
        return option.names()[0].substring("--".length());
    }

    /** Whether an option was given on the command line. */
    static boolean isGiven(CommandSpec command, String option) {
        return command.commandLine().getParseResult().hasMatchedOption(option);
    }

    /** A value as a user writes it: 0.0001, not 1.0E-4. */
    static String text(Object value) {
        if (value instanceof Collection<?> values) {
            return values.stream().map(Options::text).collect(Collectors.joining(","));
        }
        // From here on down Double.toString gives an exponent.
        if (value instanceof Double number && number != 0 && Math.abs(number) < 1e-3) {
            return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
        }
        return value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value.toString();
    }
}
