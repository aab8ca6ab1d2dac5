package org.sparkautoencoder.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.results.TableReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what the tables hold. */
@Command(
        name = "results",
        description = "Lists runs and trials, the newest first, or asks the tables in SQL.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {
            "",
            "In SQL the tables are runs, epochs, digit_errors, confusion, scores, samples, features and trials;"
                    + " src/docs/columns.md lists their columns. run_id is a column of each."
        })
final class ResultsCommand implements Callable<Integer> {
    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "results",
            description = "where the tables are (${DEFAULT-VALUE})")
    private String out;

    @Option(names = "--sql", paramLabel = "QUERY", description = "print the rows of a query in Spark SQL instead")
    private String sql;

    @Override
    public Integer call() throws IOException {
        Path results = new Path(out);
        Configuration conf = new Configuration();
        FileSystem fs = results.getFileSystem(conf);
        if (!fs.exists(results) || !fs.getFileStatus(results).isDirectory()) {
            throw new BadInputException(
                    "there is no folder " + out + ": name the one that --out named, or train first",
                    new NoSuchFileException(out));
        }
        if (sql != null) {
            try (Application application = Application.start()) {
                SqlTables.print(application.spark(), results, sql, System.out);
            }
        } else {
            new RunList(new TableReader(results, conf), System.out).print();
        }
        return ExitCode.DONE;
    }
}
