package io.patchbay.sriov;

import io.patchbay.spi.Journal;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.pod.PodRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Loans of a pod, for those who only look at them.
final class BookOfLoans {
    private BookOfLoans() {}

    static Loan loan(String device, Loan.Mode mode) {
        return new Loan(
                new AttachmentId("amf-container", "n3", "net1"),
                0,
                new PodRef("core", "amf-0", "uid"),
                new DeviceId(device),
                mode,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Loans of(Loan... loans) {
        Map<String, Loan> notes = new HashMap<>();
        for (Loan loan : loans) {
            notes.put(loan.device().value(), loan);
        }
        return new Loans(
                new Journal<>() {
                    @Override
                    public Optional<Loan> find(String key) {
                        return Optional.ofNullable(notes.get(key));
                    }

                    @Override
                    public void write(String key, Loan note) {
                        notes.put(key, note);
                    }

                    @Override
                    public void erase(String key) {
                        notes.remove(key);
                    }

                    @Override
                    public Map<String, Loan> all() {
                        return Map.copyOf(notes);
                    }
                });
    }
}
