package org.sparkautoencoder.cli;

import java.nio.file.FileAlreadyExistsException;
import org.apache.spark.package$;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.runs.InvalidSettingsException;
import org.sparkautoencoder.runs.Version;
import org.sparkautoencoder.training.TrainingFailedException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;

/** The program's commands. */
@Command(
        name = "submit.sh",
        description = "Trains denoising autoencoders on Spark.",
        subcommands = {
            TrainCommand.class,
            SweepCommand.class,
            ReproduceCommand.class,
            ResultsCommand.class,
            ReportCommand.class,
            EvaluateCommand.class,
            DenoiseCommand.class,
            PredictCommand.class,
            PrepareCommand.class,
            HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.ProgramVersion.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failure",
            "2:wrong usage",
            "3:bad input",
            "4:the training diverged",
            "130:interrupted"
        })
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs a command; its exit code. */
    static int run(String... arguments) {
        CommandLine commands = new CommandLine(new Main());
        commands.setExecutionExceptionHandler((exception, command, parsed) -> explain(exception));
        commands.setParameterExceptionHandler((exception, given) -> {
            CommandLine command = exception.getCommandLine();
            String help = command.getCommandSpec().qualifiedName(" ") + " --help";
            command.getErr().println(exception.getMessage() + " (see " + help + ")");
            return ExitCode.USAGE;
        });
        try {
            ConfigFile.provide(commands, arguments);
        } catch (InvalidSettingsException e) {
            commands.getErr().println(e.getMessage());
            return ExitCode.USAGE;
        }
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        return commands.execute(arguments);
    }

    /** Says what went wrong: in one line if it is the user's to mend, with a stack trace if it is ours. */
    private static int explain(Exception exception) {
        if (Interruption.happened()) {
            return ExitCode.INTERRUPTED;
        }
        if (exception instanceof InvalidSettingsException) {
            LOG.error(exception.getMessage());
            return ExitCode.USAGE;
        }
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadInputException) { // thrown in a task, it is the cause of Spark's own exception
                LOG.error(cause.getMessage());
                return ExitCode.BAD_INPUT;
            }
        }
        if (exception instanceof FileAlreadyExistsException exists) {
            LOG.error(
                    "{} exists already{}",
                    exists.getFile(),
                    exists.getReason() == null ? "" : ": " + exists.getReason());
            return ExitCode.BAD_INPUT;
        }
        if (exception instanceof TrainingFailedException) {
            LOG.error("the training failed: {}", exception.getMessage());
            LOG.debug("cause", exception);
            return ExitCode.FAILURE;
        }
        LOG.error("internal error; please report", exception);
        return ExitCode.FAILURE;
    }

    /** What --version prints. */
    static final class ProgramVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String commit = Version.commit() == null ? "" : " (" + Version.commit() + ")";
            return new String[] {
                "spark-autoencoder " + Version.app() + commit,
                "Spark " + package$.MODULE$.SPARK_VERSION() + ", Java " + Runtime.version()
            };
        }
    }
}
