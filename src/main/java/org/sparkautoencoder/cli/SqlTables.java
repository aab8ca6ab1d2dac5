package org.sparkautoencoder.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.results.TableReader;
import org.sparkautoencoder.runs.InvalidSettingsException;
import scala.jdk.javaapi.CollectionConverters;

/** The tables as views of Spark SQL. */
final class SqlTables {
    private static final Logger LOG = LoggerFactory.getLogger(SqlTables.class);

    private static final String UNREADABLE = "FAILED_READ_FILE";
    private static final int MOST_WIDTH = 60;

    private SqlTables() {}

    /**
     * Prints the rows of a query.
     *
     * @throws InvalidSettingsException for one that Spark does not understand, with the reason in one line
     */
    static void print(JavaSparkContext spark, Path results, String sql, PrintStream out) throws IOException {
        SparkSession context = SparkSession.builder()
                .sparkContext(spark.sc())
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.shuffle.partitions", 4) // the tables are small
                .config("spark.sql.debug.maxToStringFields", 200)
                .getOrCreate();
        String asked = sql.toLowerCase(Locale.ROOT);
        TableReader reader = new TableReader(results, spark.hadoopConfiguration());
        for (Table<?> table : Table.ALL) {
            // To find the columns of a table takes as long as a query of it.
            if (asked.contains(table.name())) {
                createView(context, reader, new Path(results, table.name()), table);
            }
        }
        try {
            print(context.sql(sql), out);
        } catch (Exception e) { // AnalysisException is checked, and thrown by methods that do not say so
            if (e instanceof AnalysisException) {
                throw new InvalidSettingsException(firstLine(e), e);
            }
            if (e instanceof SparkThrowable failed
                    && String.valueOf(failed.getCondition()).startsWith(UNREADABLE)) {
                throw new BadInputException(firstLine(e), e);
            }
            throw e;
        }
    }

    private static String firstLine(Exception e) {
        return e.getMessage().strip().lines().findFirst().orElse("");
    }

    private static void createView(SparkSession context, TableReader reader, Path folder, Table<?> table)
            throws IOException {
        List<Path> damaged = new ArrayList<>();
        List<Path> files = reader.files(table, file -> {
            LOG.warn("left out: {}", file.getMessage());
            damaged.add(folder);
        });
        if (files.isEmpty()) {
            return;
        }
        List<Path> read = damaged.isEmpty() ? List.of(folder) : files;
        context.read()
                .option("mergeSchema", true)
                .option("basePath", folder.toString())
                .parquet(read.stream().map(SqlTables::literal).toArray(String[]::new))
                .createOrReplaceTempView(table.name());
    }

    /** A path as a pattern that stands for itself alone. */
    private static String literal(Path path) {
        return path.toString().replaceAll("[{}\\[\\]*?\\\\]", "\\\\$0");
    }

    private static void print(Dataset<Row> rows, PrintStream out) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(Arrays.asList(rows.columns()));
        for (Row row : rows.collectAsList()) {
            List<String> line = new ArrayList<>();
            for (int i = 0; i < row.length(); i++) {
                line.add(text(row.get(i)));
            }
            lines.add(line);
        }
        TextTable.print(lines, out);
    }

    // One line, and not the whole of a picture.
    private static String text(Object value) {
        String text = value instanceof scala.collection.Iterable<?> many
                ? CollectionConverters.asJavaCollection(many).toString()
                : String.valueOf(value);
        text = text.strip().replaceAll("\\R", " ");
        return text.length() > MOST_WIDTH ? text.substring(0, MOST_WIDTH - 1) + "…" : text;
    }
}
