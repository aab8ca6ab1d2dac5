package org.sparkautoencoder.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * The one order in which parts 0..n-1 are added: sum(from, to) = sum(from, middle) + sum(middle, to), with
 * middle = from + the largest power of two below to - from. Floating-point addition is not associative, so an order
 * by arrival or by the number of cores would change the bits.
 */
public final class SummationTree {
    /** The parts [from, to) that one node of the tree sums. */
    public record Node(int from, int to) {}

    /** One addition: the sum that begins at {@code from} is added to the one that begins at {@code to}. */
    public record Addition(int to, int from) {}

    private SummationTree() {}

    /** Where the node [from, to), of at least two parts, is split. */
    public static int middle(int from, int to) {
        return from + Integer.highestOneBit(to - from - 1);
    }

    /** The largest nodes of the tree over n parts that lie within [from, to), in order. */
    public static List<Node> cover(int from, int to, int n) {
        List<Node> nodes = new ArrayList<>();
        cover(from, to, 0, n, nodes);
        return nodes;
    }

    private static void cover(int from, int to, int nodeFrom, int nodeTo, List<Node> nodes) {
        if (nodeTo <= from || to <= nodeFrom || nodeFrom == nodeTo) {
            return;
        }
        if (from <= nodeFrom && nodeTo <= to) {
            nodes.add(new Node(nodeFrom, nodeTo));
            return;
        }
        int middle = middle(nodeFrom, nodeTo);
        cover(from, to, nodeFrom, middle, nodes);
        cover(from, to, middle, nodeTo, nodes);
    }

    /** The additions, in order, that sum the parts of a node into its first part. */
    public static List<Addition> within(Node node) {
        List<Addition> additions = new ArrayList<>();
        collect(node.from, node.to, List.of(), additions);
        return additions;
    }

    /**
     * The additions, in order, that sum the sums of some nodes into part 0.
     *
     * @param summed nodes that together hold each part once
     */
    public static List<Addition> above(List<Node> summed, int n) {
        List<Addition> additions = new ArrayList<>();
        collect(0, n, summed, additions);
        return additions;
    }

    private static void collect(int from, int to, List<Node> summed, List<Addition> additions) {
        if (to - from < 2 || summed.contains(new Node(from, to))) {
            return;
        }
        int middle = middle(from, to);
        collect(from, middle, summed, additions);
        collect(middle, to, summed, additions);
        additions.add(new Addition(from, middle));
    }
}
