package io.patchbay.vpc.eni;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Ends what was begun: after a crash, and after calls that failed for now.
public final class Recovery {
    private final Intents intents;
    private final Construction construction;
    private final Demolition demolition;
    private final String instance;

    public Recovery(
            Intents intents, Construction construction, Demolition demolition, String instance) {
        this.intents = intents;
        this.construction = construction;
        this.demolition = demolition;
        this.instance = instance;
    }

    /// Goes on with everything that no other thread is at. Notes of another instance, whose disk
    /// this was, are dropped: what they tell of is that instance's.
    ///
    /// @return a sentence for each that is still not finished
    public List<String> run() {
        List<String> left = new ArrayList<>();
        intents.all().stream()
                .sorted(Comparator.comparingLong(EniNote::since))
                .forEach(note -> {
                    try {
                        intents.alone(note.key(), now -> resume(now));
                    } catch (CloudException e) {
                        left.add(
                                "%s of interface %s is not finished: %s"
                                        .formatted(
                                                note.stage(),
                                                note.eni().isEmpty() ? note.key() : note.eni(),
                                                e.getMessage()));
                    }
                });
        return left;
    }

    private boolean resume(Optional<EniNote> now) {
        now.ifPresent(this::resume);
        return now.isPresent();
    }

    private void resume(EniNote note) {
        if (!note.instance().equals(instance)) {
            intents.erase(note);
        } else if (note.isComing()) {
            construction.resume(note);
        } else {
            demolition.resume(note);
        }
    }
}
