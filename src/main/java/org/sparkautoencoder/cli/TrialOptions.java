package org.sparkautoencoder.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sparkautoencoder.runs.InvalidSettingsException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The options of a trial: those of the sweep's command, with the trial's own values in their place. */
final class TrialOptions {
    private static final Set<String> POSITIVE = Set.of(
            "learning-rate",
            "epochs",
            "batch-size",
            "shards",
            "hidden",
            "layers",
            "evaluate-every",
            "stop-error",
            "stop-tolerance",
            "stop-window");
    private static final Set<String> FRACTIONS = Set.of("momentum", "noise-zero", "noise-one", "stop-tolerance");

    private static final Set<Class<?>> WHOLE = Set.of(int.class, Integer.class, long.class, Long.class);

    private final NetworkOptions network;
    private final Map<String, String> effective;
    private final boolean batchSizeGiven;

    private TrialOptions(NetworkOptions network, Map<String, String> effective, boolean batchSizeGiven) {
        this.network = network;
        this.effective = effective;
        this.batchSizeGiven = batchSizeGiven;
    }

    /** What a trial can vary. */
    @Command(name = "trial")
    private static final class Varied {
        @Mixin
        private NetworkOptions network;
    }

    /**
     * The options of the trial that varies {@code settings}.
     *
     * @throws InvalidSettingsException for a setting that cannot be varied, or a value that it cannot have
     */
    static TrialOptions of(CommandSpec sweep, Map<String, String> settings) {
        Varied varied = new Varied();
        CommandLine parser = new CommandLine(varied).setCaseInsensitiveEnumValuesAllowed(true);
        CommandSpec options = parser.getCommandSpec();
        settings.keySet().forEach(name -> option(options, name));
        try {
            parser.parseArgs(settings.entrySet().stream()
                    .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                    .toArray(String[]::new));
        } catch (ParameterException e) {
            throw new InvalidSettingsException("--grid: " + e.getMessage(), e);
        }
        settings.keySet()
                .forEach(name -> requireRange(name, option(options, name).getValue()));
        for (OptionSpec option : options.options()) {
            if (!settings.containsKey(Options.name(option))) {
                option.setValue(sweep.findOption(option.names()[0]).getValue());
            }
        }
        Map<String, String> effective = new TreeMap<>(Options.effective(sweep));
        effective.keySet().removeIf(name -> !isOfTrain(sweep, name));
        effective.putAll(Options.effective(options));
        boolean batchSizeGiven = Options.isGiven(options, NetworkOptions.BATCH_SIZE)
                || Options.isGiven(sweep, NetworkOptions.BATCH_SIZE);
        return new TrialOptions(varied.network, effective, batchSizeGiven);
    }

    // A value that no trial can have; those that do not go together with others are found trial by trial.
    private static void requireRange(String name, Object value) {
        for (Object each : value instanceof List<?> values ? values : List.of(value)) {
            if (each instanceof Number number) {
                double n = number.doubleValue();
                if (POSITIVE.contains(name) && !(n > 0 && n < Double.POSITIVE_INFINITY)) {
                    throw new InvalidSettingsException("--grid: " + name + " must be above 0, got " + number);
                }
                if (FRACTIONS.contains(name) && !(n >= 0 && n <= 1)) {
                    throw new InvalidSettingsException("--grid: " + name + " must be in 0..1, got " + number);
                }
            }
        }
    }

    /** Whether a setting, by its name, can be varied. */
    static boolean areVaried(String name) {
        return spec().findOption("--" + name) != null;
    }

    /**
     * Whether a setting is a whole number.
     *
     * @throws InvalidSettingsException if it cannot be varied
     */
    static boolean isWhole(String name) {
        OptionSpec option = option(spec(), name);
        return WHOLE.contains(option.type()) || List.of(option.auxiliaryTypes()).contains(Integer.class);
    }

    NetworkOptions network() {
        return network;
    }

    /** Whether the trial's batch size is given, by the grid or for all trials. */
    boolean isBatchSizeGiven() {
        return batchSizeGiven;
    }

    /** Values by option name, as for a `train` of the same settings. */
    Map<String, String> effective() {
        return effective;
    }

    private static CommandSpec spec() {
        return new CommandLine(new Varied()).getCommandSpec();
    }

    private static OptionSpec option(CommandSpec options, String name) {
        OptionSpec option = options.findOption("--" + name);
        if (option == null) {
            throw new InvalidSettingsException("--grid " + name
                    + "=...: no setting that a trial can vary; these can be: "
                    + options.options().stream().map(Options::name).sorted().collect(Collectors.joining(", ")));
        }
        return option;
    }

    private static boolean isOfTrain(CommandSpec sweep, String name) {
        return sweep.root().subcommands().get("train").getCommandSpec().findOption("--" + name) != null;
    }
}
