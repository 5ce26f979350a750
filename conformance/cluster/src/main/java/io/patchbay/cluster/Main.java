package io.patchbay.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/// `make cluster`: a cluster that stays until this process ends. It says on its output what it does
/// and how the cluster is used, and then closes it, for whoever waits until it is up.
///
/// @param directory where links lead to all that is of use
record Main(Path directory, int port, int nodes) {
    private static final int MOST = 9;

    public static void main(String[] arguments) throws InterruptedException {
        try {
            new Main(
                            Path.of(arguments[0]).toAbsolutePath(),
                            number("CLUSTER_PORT", arguments[1], 65_535),
                            number("NODES", arguments[2], MOST))
                    .run();
        } catch (IllegalStateException | IllegalArgumentException | UncheckedIOException e) {
            System.err.println("There is no cluster: " + e.getMessage());
            System.exit(1);
        }
    }

    private static int number(String key, String value, int most) {
        if (!value.matches("[1-9][0-9]{0,4}") || Integer.parseInt(value) > most) {
            throw new IllegalArgumentException(
                    "%s=%s is no number from 1 to %d".formatted(key, value, most));
        }
        return Integer.parseInt(value);
    }

    private void run() throws InterruptedException {
        Forward forward = Forward.take(port);
        say("A control plane and %d node(s), in namespaces of their own".formatted(nodes));
        Path installation = SourceTree.file("build/patchbay");
        String[] names =
                IntStream.rangeClosed(1, nodes).mapToObj(n -> "node-" + n).toArray(String[]::new);
        Cluster cluster = Cluster.start(installation, names);
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
        URI server = URI.create(cluster.plane().url());
        forward.lead(
                cluster.lan().netns(), new InetSocketAddress(server.getHost(), server.getPort()));
        String url = "https://127.0.0.1:" + port;
        link("kubeconfig", cluster.plane().kubeconfig(url, User.ADMIN.name()));
        link("control-plane", cluster.plane().directory());
        cluster.nodes().forEach(node -> link(node.name(), node.directory()));
        System.out.print(usage(cluster));
        System.out.close();
        new CountDownLatch(1).await();
    }

    private void link(String name, Path target) {
        try {
            Files.createSymbolicLink(directory.resolve(name), target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String usage(Cluster cluster) {
        Node node = cluster.nodes().getFirst();
        return """

        The cluster is up. It takes pods, but has no controllers: neither Deployments nor DaemonSets.
          export KUBECONFIG=%1$s/kubeconfig
          alias kubectl=%2$s
          kubectl apply -f %3$s
          kubectl wait --for=condition=Ready pod/a pod/b
          kubectl exec a -- ip address
        Images:  %4$s alone, or what `ctr image import` brings in
        Logs:    %1$s/control-plane/*.log, %1$s/%5$s/*.log
        Inside:  %6$s
        Away:    make cluster-down
        """
                .formatted(
                        directory,
                        Programs.kubernetes("kubectl").path("kubectl"),
                        SourceTree.file("examples/cluster/two-pods.yaml"),
                        Image.BUSYBOX,
                        node.name(),
                        String.join(" ", node.enter(List.of("bash"))));
    }

    private static void say(String progress) {
        System.out.println("· " + progress);
    }
}
