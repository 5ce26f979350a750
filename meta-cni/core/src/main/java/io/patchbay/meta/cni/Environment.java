package io.patchbay.meta.cni;

import static io.patchbay.meta.cni.CniCommand.ADD;
import static io.patchbay.meta.cni.CniCommand.CHECK;
import static io.patchbay.meta.cni.CniCommand.DEL;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The `CNI_*` variables of a call. An empty one counts as absent.
final class Environment {
    static final String COMMAND = "CNI_COMMAND";
    static final String CONTAINER_ID = "CNI_CONTAINERID";
    static final String NETNS = "CNI_NETNS";
    static final String IFNAME = "CNI_IFNAME";
    static final String ARGS = "CNI_ARGS";
    static final String PATH = "CNI_PATH";

    // DEL works from the journal, and a sandbox whose ADD was refused for these must not become
    // one that can never be deleted: what it says of namespace and arguments is not checked.
    private static final List<Variable> VARIABLES =
            List.of(
                    new Variable(
                            CONTAINER_ID,
                            Set.of(ADD, DEL, CHECK),
                            Set.of(ADD, DEL, CHECK),
                            Names::identifierProblem),
                    new Variable(
                            NETNS,
                            Set.of(ADD, CHECK),
                            Set.of(ADD, CHECK),
                            Environment::pathProblem),
                    new Variable(
                            IFNAME,
                            Set.of(ADD, DEL, CHECK),
                            Set.of(ADD, DEL, CHECK),
                            Names::interfaceProblem),
                    new Variable(ARGS, Set.of(), Set.of(ADD, CHECK), Arguments::problem));

    /// @param problem what is wrong with a value, in words that may follow it
    private record Variable(
            String name,
            Set<CniCommand> requiredBy,
            Set<CniCommand> checkedBy,
            Function<String, Optional<String>> problem) {

        Optional<String> problem(CniCommand command, String value) {
            if (value.isEmpty()) {
                return requiredBy.contains(command)
                        ? Optional.of(name + " is missing")
                        : Optional.empty();
            }
            return checkedBy.contains(command)
                    ? problem.apply(value)
                            .map(words -> "%s \"%s\" %s".formatted(name, value, words))
                    : Optional.empty();
        }
    }

    private final Map<String, String> variables;
    private final CniCommand command;

    /// Refuses with code 4 what the command does not allow, all of it in one sentence.
    Environment(Map<String, String> variables) {
        this.variables = variables;
        this.command = command(get(COMMAND));
        List<String> problems = new ArrayList<>();
        for (Variable variable : VARIABLES) {
            variable.problem(command, get(variable.name())).ifPresent(problems::add);
        }
        if (!problems.isEmpty()) {
            throw invalid(command + ": " + String.join("; ", problems));
        }
    }

    CniCommand command() {
        return command;
    }

    String get(String name) {
        return variables.getOrDefault(name, "");
    }

    Optional<String> netns() {
        return Optional.of(get(NETNS)).filter(path -> pathProblem(path).isEmpty());
    }

    List<String> path() {
        return Arrays.stream(get(PATH).split(":")).filter(entry -> !entry.isEmpty()).toList();
    }

    /// The pairs of CNI_ARGS; none where DEL was given what cannot be read.
    Map<String, String> arguments() {
        String text = get(ARGS);
        return Arguments.problem(text).isEmpty() ? Arguments.decode(text) : Map.of();
    }

    private static CniCommand command(String text) {
        String known =
                Arrays.stream(CniCommand.values())
                        .map(CniCommand::name)
                        .collect(Collectors.joining(", "));
        if (text.isEmpty()) {
            throw invalid("CNI_COMMAND is missing: use one of " + known);
        }
        for (CniCommand command : CniCommand.values()) {
            if (command.name().equals(text)) {
                return command;
            }
        }
        throw invalid("CNI_COMMAND \"%s\" is unknown: use one of %s".formatted(text, known));
    }

    private static Optional<String> pathProblem(String path) {
        return path.startsWith("/") ? Optional.empty() : Optional.of("is no absolute path");
    }

    private static CniException invalid(String sentence) {
        return new CniException(Standard.INVALID_ENVIRONMENT, sentence);
    }
}
