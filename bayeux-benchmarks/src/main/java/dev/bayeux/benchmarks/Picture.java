package dev.bayeux.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A drawing of curves as SVG. Both axes are logarithmic: a cost that grows linearly is a straight rising line, and a constant
 * cost is a level one.
 *
 * @param title what is shown
 * @param across what the horizontal axis counts
 * @param up what the vertical axis measures
 * @param curves at least one
 */
record Picture(String title, String across, String up, List<Curve> curves) {

    private static final int LEFT = 70;
    private static final int TOP = 40;
    private static final int WIDTH = 420;
    private static final int HEIGHT = 220;
    private static final int LEGEND = 190;
    private static final int LINE = 18;
    private static final int BELOW = 50;
    private static final List<String> COLORS = List.of("#1f6feb", "#d1242f", "#1a7f37", "#9a6700", "#8250df",
            "#57606a");

    /** The points of a curve, in the order of their numbers. */
    record Curve(String name, List<Point> points) {}

    /** A number, and what was measured for it. */
    record Point(double number, double value) {}

    String svg() {
        Axis x = Axis.of(curves.stream().flatMap(curve -> curve.points().stream()).mapToDouble(Point::number));
        Axis y = Axis.of(curves.stream().flatMap(curve -> curve.points().stream()).mapToDouble(Point::value));
        StringBuilder svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                <text x="%d" y="22" font-size="14" font-weight="bold">%s</text>
                """.formatted(LEFT + WIDTH + LEGEND, TOP + HEIGHT + BELOW, LEFT, text(title)));
        for (int decade = x.from(); decade <= x.to(); decade++) {
            int at = LEFT + (int) Math.round(x.share(Math.pow(10, decade)) * WIDTH);
            line(svg, at, TOP, at, TOP + HEIGHT);
            label(svg, at, TOP + HEIGHT + LINE, "middle", number(decade));
        }
        for (int decade = y.from(); decade <= y.to(); decade++) {
            int at = TOP + HEIGHT - (int) Math.round(y.share(Math.pow(10, decade)) * HEIGHT);
            line(svg, LEFT, at, LEFT + WIDTH, at);
            label(svg, LEFT - 6, at + 4, "end", number(decade));
        }
        label(svg, LEFT + WIDTH / 2, TOP + HEIGHT + 2 * LINE, "middle", across);
        svg.append("<text transform=\"translate(16 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>%n"
                .formatted(TOP + HEIGHT / 2, text(up)));
        for (int n = 0; n < curves.size(); n++) {
            draw(svg, curves.get(n), COLORS.get(n % COLORS.size()), x, y, TOP + 10 + n * LINE);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void draw(StringBuilder svg, Curve curve, String color, Axis x, Axis y, int legend) {
        StringBuilder path = new StringBuilder();
        for (Point point : curve.points()) {
            double right = LEFT + x.share(point.number()) * WIDTH;
            double down = TOP + HEIGHT - y.share(point.value()) * HEIGHT;
            path.append(String.format(Locale.ROOT, "%.1f,%.1f ", right, down));
            svg.append(
                    String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n", right, down,
                            color));
        }
        svg.append("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n"
                .formatted(path.toString().trim(), color));
        svg.append("<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>%n".formatted(LEFT + WIDTH + 12, legend, color,
                text(curve.name())));
    }

    private static void line(StringBuilder svg, int fromX, int fromY, int toX, int toY) {
        svg.append("<path d=\"M%d %dL%d %d\" stroke=\"#d0d7de\"/>%n".formatted(fromX, fromY, toX, toY));
    }

    private static void label(StringBuilder svg, int x, int y, String anchor, String label) {
        svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n".formatted(x, y, anchor, text(label)));
    }

    private static String number(int decade) {
        return decade >= 0
                ? String.format(Locale.ROOT, "%,.0f", Math.pow(10, decade))
                : String.format(Locale.ROOT, "%s", Math.pow(10, decade));
    }

    private static String text(String any) {
        return any.replace("&", "&amp;").replace("<", "&lt;");
    }

    /** From one power of ten to another. */
    private record Axis(int from, int to) {

        static Axis of(DoubleStream values) {
            double[] sorted = values.sorted().toArray();
            int from = (int) Math.floor(Math.log10(sorted[0]));
            return new Axis(from, Math.max(from + 1, (int) Math.ceil(Math.log10(sorted[sorted.length - 1]))));
        }

        double share(double value) {
            return (Math.log10(value) - from) / (to - from);
        }
    }
}
