package io.patchbay.meta.run;

import io.patchbay.kernel.Kernel;
import io.patchbay.meta.attach.Sandbox;
import io.patchbay.meta.attach.SandboxJournal;
import io.patchbay.meta.jar.JarBook;
import io.patchbay.meta.view.PatchBay;
import io.patchbay.meta.view.PodChoice;
import io.patchbay.meta.view.SandboxView;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows who is plugged where, and what became of third parties' jars. Journal and kernel tell; the
/// daemon is asked for nothing but the health, and may run or not.
@Command(
        description = {
            "Show who is plugged where: parents, links, addresses, routes, and whether all is as it"
                    + " was left. Needs root.",
            "What the kernel shows comes before what the journal says; where they differ, a"
                    + " sentence says so. The daemon may run or not: it is asked for the health alone,"
                    + " by a CHECK of each network."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all is well, or nobody asked for CHECK",
            "1:it cannot be told: no such pod, not root, no state directory",
            "2:the command is misused",
            "3:CHECK finds a network other than its ADD left it",
            "4:CHECK could not be made: the daemon is away, or another call for the pod goes on"
        })
final class StatusCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Parameters(
            arity = "0..1",
            paramLabel = "POD",
            description =
                    "One pod with all that is known of it, and with CHECK: NAMESPACE/NAME, its NAME"
                            + " where one namespace has it, or the beginning of a container id.")
    private String pod = "";

    @Option(
            names = "--check",
            description = "Without POD: have the daemon CHECK the networks of all pods.")
    private boolean check;

    @Option(
            names = "--watch",
            description = {
                "Go on, and show it anew whenever it looks otherwise, until it is interrupted.",
                "A terminal is drawn over; a pipe gets one after the other, JSON a line each."
            })
    private boolean watch;

    @Mixin private final Output output = new Output();

    @Mixin private final Operator operator = new Operator();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = operator.settings();
        if (Files.notExists(settings.state())) {
            throw new CniException(
                    Standard.IO_FAILURE,
                    "there is no state directory %s: no daemon has run with it; say by PATCHBAY_STATE or --config where it is"
                            .formatted(settings.state()));
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (watch) {
            watch(settings, out);
            return 0;
        }
        StatusTurn turn = turn(chosen(settings), Optional.empty(), settings);
        out.print(text(turn));
        out.flush();
        return turn.status();
    }

    private List<Sandbox> chosen(Settings settings) {
        List<Sandbox> all = new SandboxJournal(new ReadOnlyFiles(settings.state())).all();
        return pod.isEmpty() ? PodChoice.ordered(all) : PodChoice.find(pod, all);
    }

    private StatusTurn turn(List<Sandbox> sandboxes, Optional<String> away, Settings settings) {
        List<SandboxView> seen = new PatchBay(Kernel.ofThisMachine(), LIMIT).look(sandboxes);
        return new StatusTurn(
                check || !pod.isEmpty() ? Checkup.of(seen, operator) : seen,
                away,
                pod.isEmpty() ? new JarBook(new ReadOnlyFiles(settings.state())).all() : Map.of());
    }

    private String text(StatusTurn turn) {
        if (output.isJson()) {
            return turn.json();
        }
        return pod.isEmpty() ? turn.table(check) : turn.details();
    }

    /// A pod that is not there at first is refused; one that goes is waited for.
    private void watch(Settings settings, PrintWriter out) throws InterruptedException {
        boolean table = !output.isJson();
        Screen screen = new Screen(out, table && Screen.isTerminal(), table ? "\n" : "");
        List<Sandbox> _ = chosen(settings);
        try (StatusWatch changes = new StatusWatch(Kernel.ofThisMachine(), operator)) {
            while (true) {
                List<Sandbox> found = changes.turn(places(settings), () -> found(settings));
                StatusTurn turn = turn(found, changes.away(), settings);
                String text =
                        found.isEmpty() && table && !pod.isEmpty()
                                ? "\"%s\" is not attached any more\n".formatted(pod)
                                : text(turn);
                if (!screen.show(text)) {
                    return;
                }
                changes.await();
            }
        }
    }

    private List<Sandbox> found(Settings settings) {
        try {
            return chosen(settings);
        } catch (CniException e) {
            return List.of();
        }
    }

    /// Where notes of the journal, of jars, and the daemon's socket come and go.
    private static List<Path> places(Settings settings) {
        Path state = settings.state();
        return Stream.concat(
                        Stream.of("", "sandboxes", "results", "undone", "jar-states")
                                .map(state::resolve),
                        Stream.ofNullable(settings.socket().toAbsolutePath().getParent()))
                .toList();
    }
}
