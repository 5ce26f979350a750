package io.patchbay.dpdk;

import java.util.HashMap;
import java.util.Map;

/// Where the fields of a packet buffer are, as the C side says. Constants, so that the JIT folds
/// them.
final class Mbuf {
    private static final Map<String, Long> PLACES = places();

    static final long BUF_ADDR = offset("buf_addr", 8);
    static final long DATA_OFF = offset("data_off", 2);
    static final long NB_SEGS = offset("nb_segs", 2);
    static final long PORT = offset("port", 2);
    static final long OL_FLAGS = offset("ol_flags", 8);
    static final long PACKET_TYPE = offset("packet_type", 4);
    static final long PKT_LEN = offset("pkt_len", 4);
    static final long DATA_LEN = offset("data_len", 2);
    static final long VLAN_TCI = offset("vlan_tci", 2);
    static final long RSS_HASH = offset("hash.rss", 4);
    static final long BUF_LEN = offset("buf_len", 2);
    static final long TX_OFFLOAD = offset("tx_offload", 8);

    private Mbuf() {}

    private static Map<String, Long> places() {
        Map<String, Long> places = new HashMap<>();
        String[] names = LayoutNative.names();
        long[] values = LayoutNative.places();
        for (int i = 0; i < names.length; i++) {
            places.put(names[i], values[i]);
        }
        return places;
    }

    private static long offset(String field, int size) {
        Long place = PLACES.get(field);
        if (place == null || (place & 0xff) != size) {
            throw new ExceptionInInitializerError(
                    "The packet buffer's field " + field + " is not of " + size + " bytes.");
        }
        return place >> 8;
    }
}
