package org.sparkautoencoder.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.sparkautoencoder.csv.Classes;
import org.sparkautoencoder.csv.CsvSettings;
import org.sparkautoencoder.csv.DataRow;
import org.sparkautoencoder.csv.LoadedRows;
import org.sparkautoencoder.model.SavedModel;
import org.sparkautoencoder.runs.RowsFolder;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rows that a model is applied to, and where the results go. */
final class RowsOptions {
    @Option(
            names = "--input",
            paramLabel = "PATH",
            required = true,
            description = "CSV rows: a file, folder, glob or URI, plain, .gz or .bz2")
    private String input;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            required = true,
            description = "folder to write, which must not exist")
    private String out;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "parquet",
            description = "file format of the output: parquet or csv (default ${DEFAULT-VALUE})")
    private RowsFolder.Format format;

    @Mixin
    private DataOptions data;

    /** What is done with each row of any number of them; nothing is collected, and order and ids stay. */
    interface Stage {
        org.apache.spark.api.java.function.Function<DataRow, Row> of(
                SavedModel model, Broadcast<float[]> parameters, Classes classes);
    }

    /**
     * Applies a model; the exit code.
     *
     * @param arrayName what the columns of the results' array are called in CSV, before their number
     */
    int apply(
            Function<Configuration, SavedModel> model,
            Stage stage,
            Function<Classes, StructType> columns,
            String arrayName)
            throws IOException {
        Interruption.listen();
        try (Application application = Application.start()) {
            JavaSparkContext spark = application.spark();
            RowsFolder folder = new RowsFolder(spark, out);
            SavedModel saved = model.apply(spark.hadoopConfiguration());
            CsvSettings settings = data.settings();
            try (LoadedRows rows =
                    saved.load(spark, input, saved.schema() == null ? settings : settings.withUnlabelled(true))) {
                RowsDescription.print("input", rows, System.out);
                Broadcast<float[]> parameters = spark.broadcast(saved.parameters());
                int values = saved.layers().outputs();
                folder.write(
                        rows.dataRows().map(stage.of(saved, parameters, rows.classes())),
                        columns.apply(rows.classes()),
                        format,
                        arrayName,
                        values);
                parameters.destroy();
                System.out.printf(Locale.ROOT, "%,d rows in %s%n", rows.rows(), out);
            }
            return ExitCode.DONE;
        }
    }
}
