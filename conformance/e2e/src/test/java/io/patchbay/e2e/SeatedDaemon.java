package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.Call;
import io.patchbay.e2e.node.ClusterNode;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.PodNetns;

/// A daemon at a real API server, with one sandbox to attach. Its process may end and come back.
final class SeatedDaemon implements AutoCloseable {
    private final ClusterNode.Seat seat;
    private final PodNetns netns;
    private DaemonProcess process;

    SeatedDaemon(ClusterNode cluster, ClusterNode.Seat seat) {
        this.seat = seat;
        this.netns = cluster.netns("sandbox");
        this.process = seat.start();
    }

    PodNetns netns() {
        return netns;
    }

    DaemonProcess process() {
        return process;
    }

    /// SIGKILL.
    void kill() {
        process.kill();
    }

    /// Starts the process again, which has ended.
    void restart() {
        process = seat.start();
    }

    Answer call(String command, String pod, String uid) {
        return seat.call(command, netns, pod, uid);
    }

    Answer succeed(String command, String pod, String uid) {
        Answer answer = call(command, pod, uid);
        assertThat(answer.code()).as(answer.output()).isZero();
        return answer;
    }

    Answer status() {
        return seat.call(Call.of("STATUS"));
    }

    void awaitReady() {
        Await.until("the cluster is known", () -> status().code() == 0);
    }

    @Override
    public void close() {
        process.close();
        netns.close();
    }
}
