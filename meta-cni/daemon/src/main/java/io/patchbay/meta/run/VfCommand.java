package io.patchbay.meta.run;

import io.patchbay.meta.desk.Desk;
import io.patchbay.meta.probe.Probes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `patchbay show sriov`, by the word that operators look for.
@Command(
        description = {
            "Show the SR-IOV functions of the node and what became of those that patchbay.yaml"
                    + " declares: driver, link, NUMA node, whether vfio can have it, and which pod"
                    + " does.",
            "Short for `patchbay show sriov`. Needs root."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class VfCommand implements Callable<Integer> {
    private static final String TYPE = "sriov";

    @Mixin private final Output output = new Output();

    @Option(
            names = "--probe",
            description =
                    "Try the functions on vfio-pci that no pod has: each is opened, reset and let"
                            + " go by a process of its own. The column USABLE says yes, or why not; it"
                            + " ends with 1 where one is not.")
    private boolean probe;

    @Parameters(
            arity = "0..*",
            paramLabel = "ADDRESS",
            description =
                    "With --probe: these functions alone, such as 0000:01:10.0, whatever their"
                            + " driver.")
    private List<String> addresses = List.of();

    @Mixin private final Operator operator = new Operator();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec own = Objects.requireNonNull(spec);
        if (!probe && !addresses.isEmpty()) {
            throw new ParameterException(
                    own.commandLine(), "ADDRESS goes with --probe, and here is none");
        }
        String json = shown(TYPE);
        if (!probe) {
            return ShowCommand.print(json, output, own);
        }
        ProbedFunctions probed =
                ProbedFunctions.of(json, shown(""), addresses, Probes.ofThisMachine()::vfio);
        int status = ShowCommand.print(probed.json(), output, own);
        probed.missing()
                .forEach(address ->
                        own.commandLine()
                                .getErr()
                                .println("patchbay: this node has no SR-IOV function " + address));
        return probed.allUsable() && probed.missing().isEmpty() ? status : 1;
    }

    private String shown(String type) {
        return operator.ask(Map.of(Desk.COMMAND, Desk.SHOW, Desk.TYPE, type));
    }
}
