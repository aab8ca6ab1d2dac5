package org.sparkautoencoder.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.package$;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.kernel.Blas;
import org.sparkautoencoder.kernel.TemporaryFolder;
import org.sparkautoencoder.results.JavaSnappy;
import org.sparkautoencoder.runs.InvalidSettingsException;
import org.sparkautoencoder.runs.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

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

    private static final String TEMPORARY = "SPARK_AUTOENCODER_TMP";

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "show the stack trace of what failed, too (default: one line)")
    private boolean verbose;

    private Main() {}

    public static void main(String[] arguments) {
        Interruption.listen();
        begin();
        System.exit(run(arguments));
    }

    /** Runs a command; its exit code. */
    static int run(String... arguments) {
        Main program = new Main();
        try {
            return execute(program, arguments);
        } catch (Throwable e) { // picocli lets errors of the JVM and of Hadoop pass
            return ExitCode.of(e, program.verbose);
        } finally {
            Interruption.ended();
        }
    }

    private static int execute(Main program, String... arguments) {
        CommandLine commands = new CommandLine(program);
        commands.setExecutionExceptionHandler((exception, command, parsed) -> ExitCode.of(exception, program.verbose));
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

    /** Makes the JVM ready: a folder for all temporary files, native libraries, and a name for the user. */
    private static void begin() {
        try {
            // submit.sh has made it and told the JVM, unless the user has named another.
            String given = System.getenv(TEMPORARY);
            TemporaryFolder folder = given != null && given.equals(System.getProperty("java.io.tmpdir"))
                    ? TemporaryFolder.adopt(Path.of(given))
                    : TemporaryFolder.create();
            System.setProperty("java.io.tmpdir", folder.path().toString());
            System.setProperty("ZstdTempFolder", folder.path().toString());
            ShutdownHookManager.get().addShutdownHook(folder::close, 0); // after Spark's
        } catch (IOException e) {
            LOG.warn("Java's codecs and BLAS are used, several times slower: {}", e.getMessage());
            System.setProperty(Blas.PROPERTY, "java");
        }
        if ("java".equals(System.getProperty(Blas.PROPERTY))) {
            JavaSnappy.install();
        }
        try {
            UserGroupInformation.getLoginUser();
        } catch (IOException e) { // a user whom the system does not know by name, as in containers
            String name = System.getenv().getOrDefault("HADOOP_USER_NAME", System.getProperty("user.name"));
            UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(name));
        }
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
