package io.patchbay.cloud.fabric;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Netns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/// Tells whoever asks, by UDP or TCP, which address and port it saw the question come from, as one
/// line `ADDRESS PORT`.
final class Echo implements AutoCloseable {
    private static final int BACKLOG = 512;
    private static final int LARGEST_QUESTION = 2048;

    private final ServerSocket tcp;
    private final DatagramSocket udp;

    private Echo(ServerSocket tcp, DatagramSocket udp) {
        this.tcp = tcp;
        this.udp = udp;
    }

    static Echo open(Netns namespace, InetAddress address, int port) {
        Echo echo = namespace.inside(() -> bind(new InetSocketAddress(address, port)));
        Thread.ofPlatform().daemon().name("internet-tcp").start(echo::answerStreams);
        Thread.ofPlatform().daemon().name("internet-udp").start(echo::answerDatagrams);
        return echo;
    }

    private static Echo bind(InetSocketAddress address) {
        try {
            ServerSocket tcp = new ServerSocket(address.getPort(), BACKLOG, address.getAddress());
            return new Echo(tcp, new DatagramSocket(address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answerStreams() {
        while (!tcp.isClosed()) {
            try (Socket caller = tcp.accept()) {
                caller.getOutputStream().write(told(caller.getRemoteSocketAddress()));
            } catch (IOException e) {
                // The caller is gone, or this is closed: the next turn tells.
            }
        }
    }

    private void answerDatagrams() {
        byte[] question = new byte[LARGEST_QUESTION];
        while (!udp.isClosed()) {
            try {
                DatagramPacket asked = new DatagramPacket(question, question.length);
                udp.receive(asked);
                byte[] answer = told(asked.getSocketAddress());
                udp.send(new DatagramPacket(answer, answer.length, asked.getSocketAddress()));
            } catch (IOException e) {
                // As above; an ICMP error of an earlier answer comes here, too.
            }
        }
    }

    private static byte[] told(SocketAddress peer) {
        InetSocketAddress from = (InetSocketAddress) peer;
        return "%s %d\n"
                .formatted(Cidr.text(from.getAddress()), from.getPort())
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        try (tcp) {
            udp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
