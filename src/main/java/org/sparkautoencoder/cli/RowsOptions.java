package org.sparkautoencoder.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.sparkautoencoder.csv.AtomicOutput;
import org.sparkautoencoder.csv.Classes;
import org.sparkautoencoder.csv.CsvSettings;
import org.sparkautoencoder.csv.DataRow;
import org.sparkautoencoder.csv.LoadedRows;
import org.sparkautoencoder.model.RowsFolder;
import org.sparkautoencoder.model.SavedModel;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rows that a model is applied to, and where the results go. */
final class RowsOptions {
    @Option(
            names = "--input",
            paramLabel = "PATH",
            required = true,
            description = "rows as CSV (plain, .gz or .bz2), parquet or libsvm: a file, folder, glob or URI")
    private String input;

    @Option(
            names = "--input-format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description = "file format of the input: csv, parquet, libsvm, or auto, by name and first bytes (default "
                    + "${DEFAULT-VALUE})")
    private CsvSettings.FileFormat inputFormat;

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

    /** What a command makes of each row; nothing is collected, and order and ids stay. */
    interface Stage {
        /** The map of a row to its result. */
        Function<DataRow, Row> map(SavedModel model, Broadcast<float[]> parameters, Classes classes);

        /** The columns of the results. */
        StructType columns(SavedModel model, Classes classes);

        /** The names of the elements of a column's arrays in CSV. */
        List<String> elementNames(SavedModel model, String column);
    }

    /** Applies a model; the exit code. */
    int apply(
            java.util.function.Function<Configuration, SavedModel> model,
            java.util.function.Function<SavedModel, Stage> stages)
            throws IOException {
        AtomicOutput.requireAbsent(new Path(out), Application.hadoop());
        AtomicOutput.requireWritable(new Path(out), Application.hadoop());
        try (Application application = Application.start()) {
            JavaSparkContext spark = application.spark();
            RowsFolder folder = new RowsFolder(spark, out);
            SavedModel saved = model.apply(spark.hadoopConfiguration());
            Stage stage = stages.apply(saved);
            CsvSettings settings = data.settings().withFormat(inputFormat);
            try (LoadedRows rows =
                    saved.load(spark, input, saved.schema() == null ? settings : settings.withUnlabelled(true))) {
                DataOptions.print("input", rows, System.out);
                Broadcast<float[]> parameters = spark.broadcast(saved.parameters());
                folder.write(
                        rows.dataRows().map(stage.map(saved, parameters, rows.classes())),
                        stage.columns(saved, rows.classes()),
                        format,
                        column -> stage.elementNames(saved, column));
                parameters.destroy();
                System.out.printf(Locale.ROOT, "%,d rows in %s%n", rows.rows(), out);
            }
            return ExitCode.DONE;
        }
    }
}
