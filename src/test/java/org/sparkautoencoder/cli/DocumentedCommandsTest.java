package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkautoencoder.Documents;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The commands in the documents are those of the program. */
final class DocumentedCommandsTest {
    private static final Path COMMANDS = Path.of("src/docs/commands.md");
    private static final String SCRIPT = "./submit.sh";
    private static final String ANY_COMMAND = "COMMAND";
    private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*\\w");

    /** Options of spark-submit that the documents name because submit.sh refuses them. */
    private static final Set<String> REFUSED = Set.of("--class", "--kill", "--status", "--remote");

    /** Each line of a block, and each piece of code in the text, that calls the script. */
    static List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String block : Documents.blocks("")) {
            block.replaceAll("\\\\\\R\\s*", "")
                    .lines()
                    .filter(DocumentedCommandsTest::callsScript)
                    .forEach(lines::add);
        }
        for (Path document : Documents.all()) {
            Matcher code = Pattern.compile("`([^`]+)`").matcher(Documents.prose(document));
            code.results()
                    .map(piece -> piece.group(1).replaceAll("\\s+", " "))
                    .filter(DocumentedCommandsTest::callsScript)
                    .forEach(lines::add);
        }
        return lines.stream().distinct().toList();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void line_inTheDocuments_isAccepted(String line) throws IOException {
        parse(line);
    }

    @Test
    void line_wrong_isNotAccepted() {
        assertThatThrownBy(() -> parse("./submit.sh train --epoch 3")).isInstanceOf(UnmatchedArgumentException.class);
        assertThatThrownBy(() -> parse("./submit.sh --epochs 3 train")).isInstanceOf(AssertionError.class);
    }

    @Test
    void commands_eachHasAnExample() throws IOException {
        String lines = String.join("\n", lines());
        assertThat(program().getSubcommands().keySet())
                .filteredOn(command -> !command.equals("help"))
                .allMatch(command -> lines.contains(SCRIPT + " " + command));
    }

    @Test
    void options_eachIsInTheListOfCommands() throws IOException {
        String page = Files.readString(COMMANDS);
        for (CommandLine command : program().getSubcommands().values()) {
            assertThat(command.getCommandSpec().options())
                    .filteredOn(option -> !option.hidden() && !option.usageHelp() && !option.versionHelp())
                    .extracting(OptionSpec::longestName)
                    .allMatch(option ->
                            Pattern.compile("`" + option + "[ `]").matcher(page).find());
        }
    }

    @Test
    void options_inTheDocuments_exist() throws IOException {
        Set<String> known = program().getSubcommands().values().stream()
                .flatMap(command -> command.getCommandSpec().optionsMap().keySet().stream())
                .collect(Collectors.toSet());
        known.addAll(program()
                .getSubcommands()
                .get("train")
                .getCommandSpec()
                .negatedOptionsMap()
                .keySet());
        known.addAll(REFUSED);
        for (String options : sparkOptions().values()) {
            known.addAll(List.of(options.split(" ")));
        }
        assertThat(OPTION.matcher(Documents.text()).results().map(MatchResult::group))
                .isSubsetOf(known);
    }

    private static boolean callsScript(String line) {
        return line.matches("(?:\\w+=\\S* )*" + Pattern.quote(SCRIPT) + "(?: .*)?");
    }

    private static CommandLine program() {
        CommandLine commands = new CommandLine(Main.class);
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        return commands;
    }

    /** Parses a line as the script and the program would. */
    private static void parse(String line) throws IOException {
        List<String> words = words(line);
        words = words.subList(words.indexOf(SCRIPT) + 1, words.size());
        if (words.isEmpty() || words.get(0).equals("--help")) {
            return;
        }
        List<String> command = withoutSparkOptions(words);
        if (command.get(0).equals(ANY_COMMAND)) {
            for (String name : program().getSubcommands().keySet()) {
                command.set(0, name);
                parse(command);
            }
        } else {
            parse(command);
        }
    }

    private static void parse(List<String> command) {
        String[] arguments = command.toArray(String[]::new);
        CommandLine commands = program();
        ConfigFile.provide(commands, arguments);
        assertThat(commands.parseArgs(arguments).hasSubcommand())
                .as(command.toString())
                .isTrue();
    }

    private static List<String> withoutSparkOptions(List<String> words) throws IOException {
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("-")) {
            String option = words.get(at++);
            if (sparkOptions().get("WITH_VALUE").contains(" " + option + " ")) {
                String value = words.get(at++);
                if (option.equals("--properties-file")) {
                    assertThat(Path.of(value)).exists();
                }
            } else {
                assertThat(sparkOptions().get("SWITCHES")).contains(" " + option + " ");
            }
        }
        return at == words.size() ? List.of("train") : new ArrayList<>(words.subList(at, words.size()));
    }

    /** The script's two lists of spark-submit's options. */
    private static Map<String, String> sparkOptions() throws IOException {
        return Pattern.compile("(SWITCHES|WITH_VALUE)=['\"]([^'\"]*)['\"]")
                .matcher(Files.readString(Path.of("submit.sh")).replace("\\\n", ""))
                .results()
                .collect(Collectors.toMap(list -> list.group(1), list -> list.group(2)));
    }

    /** The words of a line: without its comment, quotes, and the brackets around what is optional. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        for (MatchResult match : WORD.matcher(line).results().toList()) {
            String word = match.group();
            if (word.startsWith("#")) {
                break;
            }
            boolean quoted = word.contains("'") || word.contains("\"");
            words.add(word.replaceAll(quoted ? "['\"]" : "^\\[|\\]$", ""));
        }
        return words;
    }
}
