package io.patchbay.e2e;

import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.Installation;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.e2e.node.TelecomNode;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// `make demo`: two network functions with three interfaces each, from nothing to nothing.
public final class Demo {
    private static final List<String> PODS = List.of("amf-0", "upf-0");

    private final TelecomNode node;
    private final boolean keep;

    private Demo(TelecomNode node, boolean keep) {
        this.node = node;
        this.keep = keep;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("patchbay-demo");
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> Witness.here().attempt("rm", "-rf", work.toString())));
        say(
                "A node in namespaces of its own, two interfaces on a simulated VPC, a data-plane card");
        try (TelecomNode node = TelecomNode.create(work)) {
            new Demo(node, List.of(arguments).contains("--keep")).run();
        } catch (IllegalStateException e) {
            System.err.println("The demo failed: " + e.getMessage());
            System.exit(1);
        }
    }

    private void run() throws InterruptedException {
        say("The daemon, from the installed tree");
        try (DaemonProcess _ = node.startDaemon();
                PodNetns first = node.pod(PODS.getFirst());
                PodNetns second = node.pod(PODS.getLast())) {
            Snapshot before = snapshot(first, second);
            attach(first, PODS.getFirst());
            attach(second, PODS.getLast());
            List<PodView> views =
                    List.of(PodView.of(PODS.getFirst(), first), PodView.of(PODS.getLast(), second));
            System.out.print(PodView.table(views));
            showStatus();
            int pings = ping(first, views.getLast()) + ping(second, views.getFirst());
            say("CHECK of both pods");
            call("CHECK", first, PODS.getFirst());
            call("CHECK", second, PODS.getLast());
            if (keep) {
                waitForever();
            }
            say("DEL of both pods");
            call("DEL", first, PODS.getFirst());
            call("DEL", second, PODS.getLast());
            prove(before, snapshot(first, second), pings);
        }
    }

    private void attach(PodNetns pod, String name) {
        say("ADD of core/%s through the plugin binary, as a runtime would".formatted(name));
        call("ADD", pod, name);
    }

    private void call(String command, PodNetns pod, String name) {
        Answer answer = node.shim().call(node.call(command, name, pod, name));
        if (answer.status() != 0) {
            throw new IllegalStateException(
                    "%s of %s was answered %s".formatted(command, name, answer.output()));
        }
    }

    private void showStatus() {
        say("network-status, as it is written beside the manifests");
        Path status = node.manifests().resolve("status/core.%s.yaml".formatted(PODS.getFirst()));
        try {
            System.out.print(Files.readString(status).indent(4));
        } catch (IOException e) {
            throw new IllegalStateException("there is no " + status, e);
        }
    }

    private int ping(PodNetns from, PodView to) {
        for (PodView.Attachment attachment : to.attachments()) {
            say("ping to %s of %s at %s".formatted(attachment.link(), to.name(), attachment.ip()));
            Witness.Said said = from.attempt("ping", "-c", "1", "-w", "10", attachment.ip());
            if (said.status() != 0) {
                throw new IllegalStateException(
                        "no answer from %s: %s".formatted(attachment.ip(), said.output()));
            }
        }
        return to.attachments().size();
    }

    private Snapshot snapshot(PodNetns first, PodNetns second) {
        return node.snapshot().plus(first.snapshot()).plus(second.snapshot());
    }

    private static void prove(Snapshot before, Snapshot after, int pings) {
        List<String> left = after.since(before);
        if (!left.isEmpty()) {
            throw new IllegalStateException(
                    "this was left behind:\n  " + String.join("\n  ", left));
        }
        System.out.printf(
                "%nProved: %d pods got 3 interfaces each, %d pings crossed 3 networks both ways, CHECK agreed, and after DEL"
                        + " links, addresses, routes, rules, neighbours, nft, leases and journal are as before.%n",
                PODS.size(), pings);
    }

    private void waitForever() throws InterruptedException {
        System.out.printf(
                """

                It stays up until Ctrl-C. In another terminal:
                  %s
                and there: ip netns exec amf-0 ip address, ip rule, %s status --config %s
                """,
                String.join(" ", node.namespace().enter(List.of("bash"))),
                Installation.program(),
                node.settings());
        new CountDownLatch(1).await();
    }

    private static void say(String progress) {
        System.out.println("· " + progress);
    }
}
