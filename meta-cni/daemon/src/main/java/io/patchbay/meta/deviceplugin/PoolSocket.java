package io.patchbay.meta.deviceplugin;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A socket in the kubelet's directory on which one pool is served. The kubelet removes it whenever
/// it starts, so that it may have to be made again. For one thread.
final class PoolSocket implements AutoCloseable {
    /// What fits into sun_path behind the kubelet's usual directory (unix(7)).
    private static final int LONGEST = 60;

    private record Served(Server server, String identity) {}

    private final Path file;
    private final EventLoopGroup loops;
    private final PoolService service;
    private Optional<Served> served = Optional.empty();

    /// @param loops outlive it
    PoolSocket(Path file, EventLoopGroup loops, PoolService service) {
        this.file = file;
        this.loops = loops;
        this.service = service;
    }

    /// Its name, which tells the resource and belongs to no other.
    static String name(String resource) {
        String plain = resource.replace('/', '_');
        return "patchbay-%s.sock"
                .formatted(
                        plain.length() <= LONGEST
                                ? plain
                                : "%s-%08x"
                                        .formatted(
                                                plain.substring(0, LONGEST - 9),
                                                resource.hashCode()));
    }

    /// Serves, unless it does already on the socket that is there.
    ///
    /// @return whether it serves anew
    boolean open() throws IOException {
        Optional<String> there = FileIdentity.find(file);
        if (there.isPresent() && there.equals(served.map(Served::identity))) {
            return false;
        }
        stop();
        Files.deleteIfExists(file);
        Server server =
                NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(file))
                        .channelType(NioServerDomainSocketChannel.class)
                        .bossEventLoopGroup(loops)
                        .workerEventLoopGroup(loops)
                        .directExecutor()
                        .addService(service.definition())
                        .build()
                        .start();
        served = Optional.of(new Served(server, FileIdentity.find(file).orElse("")));
        return true;
    }

    private void stop() {
        served.ifPresent(one -> one.server().shutdownNow());
        served = Optional.empty();
    }

    @Override
    public void close() throws IOException {
        boolean own = served.map(Served::identity).equals(FileIdentity.find(file));
        stop();
        if (own) {
            Files.deleteIfExists(file);
        }
    }
}
