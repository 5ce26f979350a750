package io.patchbay.sriov;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Makes physical functions what patchbay.yaml declares them to be, whenever they are not and no
/// pod has anything of them. STATUS says nothing of it: the node still serves all other pods.
final class Declarations {
    private static final System.Logger LOG = System.getLogger(Declarations.class.getName());

    /// The number, then what the functions are bound to, then their links; and a look at the end.
    private static final int ROUNDS = 4;

    private final List<DeclaredFunction> declared;
    private final Pci pci;
    private final Netns host;
    private final Loans loans;
    private final Queues queues;
    private final Map<DeclaredFunction, Verdict> last = new ConcurrentHashMap<>();

    Declarations(List<DeclaredFunction> declared, Pci pci, Netns host, Loans loans, Queues queues) {
        this.declared = declared;
        this.pci = pci;
        this.host = host;
        this.loans = loans;
        this.queues = queues;
    }

    /// One of them, and what it came to at the last look.
    record Outcome(DeclaredFunction declared, Verdict verdict) {}

    /// In the order of patchbay.yaml.
    List<Outcome> outcomes() {
        return declared.stream()
                .map(one -> new Outcome(one, last.getOrDefault(one, new Verdict.Absent())))
                .toList();
    }

    /// Looks at each, and takes the steps that are due. What cannot be is logged when it is new.
    void apply() {
        for (DeclaredFunction one : declared) {
            Verdict verdict = apply(one);
            Verdict before = last.put(one, verdict);
            if (!verdict.equals(before)) {
                log(one, verdict);
            }
        }
    }

    private Verdict apply(DeclaredFunction one) {
        try {
            Optional<PciFunction> found = one.find(pci.functions());
            return found.isEmpty()
                    ? new Verdict.Absent()
                    : queues.inTurn(found.get().address(), () -> takeSteps(one));
        } catch (KernelException | CniException e) {
            return new Verdict.Refused(
                    "%s cannot be made as declared: %s".formatted(one.name(), e.getMessage()));
        }
    }

    private Verdict takeSteps(DeclaredFunction one) {
        Verdict verdict = Verdict.of(one, facts());
        for (int round = 1; round < ROUNDS && verdict instanceof Verdict.Due due; round++) {
            for (Step step : due.steps()) {
                LOG.log(Level.INFO, "{0}, as declared", step.told());
                step.take(pci, host);
            }
            verdict = Verdict.of(one, facts());
        }
        return verdict instanceof Verdict.Due(List<Step> left)
                ? new Verdict.Refused(
                        "%s is not as declared for longer than a moment: left is %s"
                                .formatted(one.name(), left.stream().map(Step::told).toList()))
                : verdict;
    }

    private Verdict.Facts facts() {
        return new Verdict.Facts(
                pci.functions(),
                host.rtnl().links().stream().collect(Collectors.toMap(Link::index, Link::mtu)),
                pci.drivers(),
                loans.all());
    }

    private static void log(DeclaredFunction one, Verdict verdict) {
        switch (verdict) {
            case Verdict.Refused(String sentence) -> LOG.log(Level.WARNING, sentence);
            case Verdict.Absent _ ->
                    LOG.log(Level.WARNING, "{0} is declared, and is not there", one.name());
            default -> LOG.log(Level.INFO, "{0} is as declared", one.name());
        }
    }
}
