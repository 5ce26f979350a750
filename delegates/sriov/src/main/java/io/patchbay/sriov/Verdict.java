package io.patchbay.sriov;

import io.patchbay.spi.device.PciChange.SetAutoprobe;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.device.PciFunction.NetworkLink;
import io.patchbay.spi.device.PciFunction.Physical;
import io.patchbay.spi.device.PciFunction.Virtual;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a declared function and the machine as it is come to. Reads nothing, changes nothing.
sealed interface Verdict {
    /// It is as declared, as far as it is the node's to say: what pods have is left out.
    record AsDeclared() implements Verdict {}

    /// What is to be done next. Virtual functions that appear by it are decided about anew.
    record Due(List<Step> steps) implements Verdict {
        public Due {
            steps = List.copyOf(steps);
        }
    }

    /// It cannot be, and a sentence why.
    record Refused(String sentence) implements Verdict {}

    /// It is not there now.
    record Absent() implements Verdict {}

    /// What a verdict is made of beside the declaration.
    ///
    /// @param mtus of the host's links, by their index
    /// @param drivers those that are loaded
    /// @param loans what pods have
    record Facts(
            List<PciFunction> functions,
            Map<Integer, Integer> mtus,
            Set<String> drivers,
            Collection<Loan> loans) {
        Optional<Loan> loan(PciFunction function) {
            return loans.stream()
                    .filter(loan -> loan.pci().equals(Optional.of(function.address())))
                    .findFirst();
        }
    }

    static Verdict of(DeclaredFunction declared, Facts facts) {
        Optional<PciFunction> found = declared.find(facts.functions());
        if (found.isEmpty()) {
            return new Absent();
        }
        PciFunction function = found.get();
        return switch (function.kind()) {
            case Virtual(var physical, int index) ->
                    new Refused(
                            "%s is virtual function %d of %s: declare that one"
                                    .formatted(declared.name(), index, physical));
            case Physical kind -> of(declared, Card.of(function, kind, facts.functions()), facts);
            case PciFunction.Plain _ ->
                    new Refused(
                            "%s (%s) has no SR-IOV: turn it on in the firmware of card and machine, or take the declaration away"
                                    .formatted(declared.name(), function.address()));
        };
    }

    private static Verdict of(DeclaredFunction declared, Card card, Facts facts) {
        int wanted = declared.virtualFunctions().orElse(0);
        if (wanted > card.kind().total()) {
            return new Refused(
                    "\"virtualFunctions\" of %s is %d: it can have %d (sriov_totalvfs)"
                            .formatted(declared.name(), wanted, card.kind().total()));
        }
        Optional<String> unknown =
                declared.driver().filter(driver -> !facts.drivers().contains(driver));
        if (unknown.isPresent()) {
            return new Refused(
                    "\"driver\" of %s is \"%s\", which this kernel has not loaded: modprobe %s"
                            .formatted(declared.name(), unknown.get(), unknown.get()));
        }
        List<Step> steps = steps(declared, card, facts);
        if (steps.isEmpty()) {
            return new AsDeclared();
        }
        return card.functions()
                .flatMap(function -> facts.loan(function).stream())
                .findFirst()
                .<Verdict>map(loan -> lent(declared, loan, steps))
                .orElseGet(() -> new Due(steps));
    }

    private static Refused lent(DeclaredFunction declared, Loan loan, List<Step> steps) {
        return new Refused(
                "%s is not as declared, and stays so while %s is %s: left undone is %s"
                        .formatted(
                                declared.name(),
                                loan.device(),
                                loan.owner(),
                                steps.stream().map(Step::told).toList()));
    }

    private static List<Step> steps(DeclaredFunction declared, Card card, Facts facts) {
        List<Step> steps = new ArrayList<>();
        declared.autoprobe()
                .filter(on -> on != card.kind().autoprobe())
                .ifPresent(on -> steps.add(new Step.Write(new SetAutoprobe(card.address(), on))));
        Optional<Integer> count =
                declared.virtualFunctions().filter(n -> n != card.kind().virtual().size());
        if (count.isPresent()) {
            // All that are there now are about to go: nothing else is worth doing to them.
            steps.add(new Step.Count(card.address(), count.get()));
            return steps;
        }
        card.functions()
                .filter(function -> facts.loan(function).isEmpty())
                .forEach(function -> steps.addAll(steps(declared, function, card, facts)));
        return steps;
    }

    private static List<Step> steps(
            DeclaredFunction declared, PciFunction function, Card card, Facts facts) {
        Optional<String> driver =
                declared.driver()
                        .filter(_ -> !function.equals(card.function()))
                        .filter(name -> !function.isBoundTo(name));
        if (driver.isPresent()) {
            return List.of(new Step.Bind(function.address(), driver.get()));
        }
        if (declared.mtu() == 0) {
            return List.of();
        }
        return function.links().stream()
                .map(NetworkLink::index)
                .filter(index -> facts.mtus().getOrDefault(index, declared.mtu()) != declared.mtu())
                .<Step>map(index -> new Step.Mtu(function.address(), index, declared.mtu()))
                .toList();
    }
}
