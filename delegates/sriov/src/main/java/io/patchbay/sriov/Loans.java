package io.patchbay.sriov;

import io.patchbay.spi.Journal;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.device.DeviceId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The book of what is lent to pods, durable. Safe from any thread.
final class Loans {
    private final Journal<Loan> journal;
    private final Map<DeviceId, Loan> all = new ConcurrentHashMap<>();

    Loans(Journal<Loan> journal) {
        this.journal = journal;
        journal.all().values().forEach(loan -> all.put(loan.device(), loan));
    }

    Optional<Loan> find(DeviceId device) {
        return Optional.ofNullable(all.get(device));
    }

    List<Loan> of(AttachmentId id, int step) {
        return all.values().stream()
                .filter(loan -> loan.id().equals(id) && loan.step() == step)
                .toList();
    }

    /// Code 100 where an attachment has none.
    Loan get(AttachmentId id, int step) {
        return of(id, step).stream()
                .findFirst()
                .orElseThrow(() ->
                        CniException.changed(
                                "%s should have a device, and has none".formatted(id)));
    }

    Collection<Loan> all() {
        return List.copyOf(all.values());
    }

    /// Code 11 where another has it.
    void refuseLent(DeviceId device, AttachmentId id) {
        find(device)
                .filter(loan -> !loan.id().equals(id))
                .ifPresent(loan -> {
                    throw lent(loan);
                });
    }

    static CniException lent(Loan loan) {
        return CniException.tryAgain(
                "device %s is %s: it is free after that one's DEL"
                        .formatted(loan.device(), loan.owner()));
    }

    /// Durable when it returns. Code 11 where another has it; what the same attachment has already
    /// stays as it was first seen. Where it throws the loan may be durable or not: DEL ends it.
    Loan begin(Loan loan) {
        Loan before = all.putIfAbsent(loan.device(), loan);
        if (before != null) {
            refuseLent(loan.device(), loan.id());
            return before;
        }
        journal.write(loan.device().value(), loan);
        return loan;
    }

    void end(Loan loan) {
        journal.erase(loan.device().value());
        all.remove(loan.device());
    }
}
