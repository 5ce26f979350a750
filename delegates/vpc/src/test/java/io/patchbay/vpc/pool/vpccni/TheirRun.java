package io.patchbay.vpc.pool.vpccni;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/// The VPC CNI under a workload. A refused ADD comes again after ten seconds, as the kubelet does.
final class TheirRun {
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Duration FIRST = Duration.ofMillis(2500);

    private final Agenda agenda = new Agenda();
    private final Calls ec2 = new Calls();
    private final Outcome outcome;
    private final Ipamd ipamd;

    TheirRun(String who, Options options) {
        this.outcome = new Outcome(who, ec2);
        this.ipamd = new Ipamd(options, ec2, new Random(7), agenda.now());
    }

    Outcome run(Workload workload, Duration idleBefore, Duration length) {
        agenda.after(FIRST, this::cycle);
        for (Workload.Pod pod : workload.pods()) {
            agenda.after(idleBefore.plus(pod.arrives()), () -> add(pod, agenda.now()));
        }
        agenda.run(agenda.now().plus(length), () -> {});
        return outcome;
    }

    private void cycle() {
        agenda.after(ipamd.cycle(agenda.now()).plus(Ipamd.CYCLE), this::cycle);
    }

    private void add(Workload.Pod pod, Instant asked) {
        if (ipamd.add(pod.name(), agenda.now()).isPresent()) {
            outcome.served(Duration.between(asked, agenda.now()));
            agenda.after(pod.lives(), () -> ipamd.del(pod.name(), agenda.now()));
        } else {
            outcome.refused();
            agenda.after(RETRY, () -> add(pod, asked));
        }
    }
}
