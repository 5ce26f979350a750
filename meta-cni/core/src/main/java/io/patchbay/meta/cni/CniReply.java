package io.patchbay.meta.cni;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.nio.charset.StandardCharsets;

/// What goes back to the runtime: the exit status of the call, and what it prints.
public final class CniReply {
    private static final CniReply EMPTY = new CniReply(0, "");

    private final int status;
    private final String text;

    private CniReply(int status, String text) {
        this.status = status;
        this.text = text;
    }

    /// A reply that is there already, or one to who is no runtime.
    public static CniReply of(int status, String text) {
        return new CniReply(status, text);
    }

    public static CniReply success(CniResult result, CniVersion version) {
        return new CniReply(0, Json.text(ResultCodec.encode(result, version)) + "\n");
    }

    /// Success of a verb that prints nothing.
    public static CniReply empty() {
        return EMPTY;
    }

    /// The answer to VERSION, which echoes the version that was asked in, spoken or not.
    public static CniReply version(CniRequest request) {
        ObjectNode json = Json.object();
        json.set(
                "cniVersion",
                request.config()
                        .find("cniVersion")
                        .orElse(json.textNode(CniVersion.NEWEST.toString())));
        ArrayNode supported = json.putArray("supportedVersions");
        CniVersion.spoken().forEach(supported::add);
        return new CniReply(0, Json.text(json) + "\n");
    }

    /// A refusal in its own words. Anything but a {@link CniException} is a bug of ours, 999.
    public static CniReply failure(Throwable failure, CniVersion version) {
        ObjectNode json = Json.object();
        json.put("cniVersion", version.toString());
        if (failure instanceof CniException refusal) {
            json.put("code", refusal.code().value());
            json.put("msg", refusal.getMessage());
            if (!refusal.details().isEmpty()) {
                json.put("details", refusal.details());
            }
        } else {
            json.put("code", Standard.INTERNAL.value());
            json.put("msg", "a bug in Patchbay: " + failure);
        }
        return new CniReply(1, Json.text(json) + "\n");
    }

    public int status() {
        return status;
    }

    /// JSON in UTF-8; empty where nothing is printed.
    public byte[] body() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "exit status " + status + ": " + text.strip();
    }
}
