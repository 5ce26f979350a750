package io.patchbay.bench;

import io.patchbay.bench.Subject.Pod;
import io.patchbay.kit.snapshot.Witness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Some subjects in turns, round after round, so that whatever slows the machine slows them all.
final class Contest {
    private static final int WARM_UP = 100;

    private final Course course;
    private final List<Subject> subjects;
    private final int rounds;

    /// Their namespaces stay until the end: the kernel takes one down behind our back, under the
    /// very lock that the next subject's first link waits for.
    private final List<Pod> pods = new ArrayList<>();

    private final Map<String, Timings> adds = new LinkedHashMap<>();
    private final Map<String, Timings> dels = new LinkedHashMap<>();

    Contest(Course course, List<Subject> subjects, int rounds) {
        this.course = course;
        this.subjects = subjects;
        this.rounds = rounds;
    }

    Contest run() {
        for (int round = -WARM_UP; round < rounds; round++) {
            for (Subject subject : subjects) {
                play(subject, round);
            }
        }
        pods.forEach(pod -> Witness.here().run("ip", "netns", "delete", pod.containerId()));
        pods.clear();
        return this;
    }

    private void play(Subject subject, int round) {
        String id = "bench-%d-%d".formatted(subjects.indexOf(subject), round + WARM_UP);
        Witness.here().run("ip", "netns", "add", id);
        Pod pod = new Pod(id, "/run/netns/" + id);
        Timings add = round < 0 ? new Timings() : of(adds, subject);
        Timings del = round < 0 ? new Timings() : of(dels, subject);
        add.time(() -> subject.add(pod, course));
        del.time(() -> subject.del(pod, course));
        pods.add(pod);
    }

    private static Timings of(Map<String, Timings> timings, Subject subject) {
        return timings.computeIfAbsent(subject.name(), name -> new Timings());
    }

    /// A table: each subject's figures, and how they compare with the first one's.
    String report() {
        StringBuilder table = new StringBuilder();
        table.append(
                "%n%d × %s, %d rounds (ms)%n%-22s %9s %9s %9s %9s %9s %9s%n"
                        .formatted(
                                course.interfaces(),
                                course.kind().type(),
                                rounds,
                                "",
                                "ADD p50",
                                "p95",
                                "ratio",
                                "DEL p50",
                                "p95",
                                "ratio"));
        Subject first = subjects.getFirst();
        for (Subject subject : subjects) {
            Timings add = of(adds, subject);
            Timings del = of(dels, subject);
            table.append(
                    "%-22s %9.2f %9.2f %9s %9.2f %9.2f %9s%n"
                            .formatted(
                                    subject.name(),
                                    add.percentile(50),
                                    add.percentile(95),
                                    ratio(add, of(adds, first)),
                                    del.percentile(50),
                                    del.percentile(95),
                                    ratio(del, of(dels, first))));
        }
        return table.toString();
    }

    private static String ratio(Timings own, Timings first) {
        double times = own.percentile(50) / first.percentile(50);
        return times >= 1 ? "%.1f".formatted(times) : "1/%.1f".formatted(1 / times);
    }

    /// The median of what one subject's ADD takes beyond another's, in milliseconds.
    double addBeyond(Subject subject, Subject other) {
        return of(adds, subject).percentile(50) - of(adds, other).percentile(50);
    }
}
