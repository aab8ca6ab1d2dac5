package org.sparkautoencoder.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.sparkautoencoder.runs.InvalidSettingsException;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Values of options from property files: one named by --config wins over conf/COMMAND.properties, and that over
 * conf/paper.properties.
 */
final class ConfigFile implements IDefaultValueProvider {
    static final String OPTION = "--config";

    private static final String PAPER = "paper";

    private final Properties values;

    private ConfigFile(Properties values) {
        this.values = values;
    }

    /** Gives the commands that take a configuration file its values, and those of the project's own. */
    static void provide(CommandLine commands, String... arguments) {
        for (CommandLine command : commands.getSubcommands().values()) {
            if (command.getCommandSpec().findOption(OPTION) != null) {
                Properties values = new Properties();
                for (String own : new String[] {PAPER, command.getCommandName()}) {
                    Path file = Options.projectFolder("conf").resolve(own + ".properties");
                    if (Files.exists(file)) {
                        load(file, values, command);
                    }
                }
                String named = named(arguments);
                if (named != null) {
                    load(Path.of(named), values, command);
                }
                command.setDefaultValueProvider(new ConfigFile(values));
            }
        }
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option ? values.getProperty(Options.name(option)) : null;
    }

    private static String named(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith(OPTION + "=")) {
                return arguments[i].substring(OPTION.length() + 1);
            }
            if (arguments[i].equals(OPTION) && i + 1 < arguments.length) {
                return arguments[i + 1];
            }
        }
        return null;
    }

    private static void load(Path file, Properties values, CommandLine command) {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
        } catch (IOException e) {
            throw new InvalidSettingsException("the configuration file " + file + " cannot be read: " + e, e);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException(
                    "the configuration file " + file + " is malformed: " + e.getMessage(), e);
        }
        for (String key : read.stringPropertyNames()) {
            OptionSpec option = command.getCommandSpec().findOption("--" + key);
            if (option == null || option.inherited() || ("--" + key).equals(OPTION)) {
                throw new InvalidSettingsException(
                        file + " sets '" + key + "', which is no option of " + command.getCommandName());
            }
            values.setProperty(Options.name(option), read.getProperty(key).trim());
        }
    }
}
