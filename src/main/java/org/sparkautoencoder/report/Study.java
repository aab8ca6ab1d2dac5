package org.sparkautoencoder.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The runs by their role in the study; null where there is none.
 *
 * @param denoising the denoising autoencoder
 * @param autoencoder the autoencoder of clean digits
 * @param case1 the classifier on the autoencoder's encoder
 * @param case2 the classifier on the denoising autoencoder's encoder
 * @param rates the denoising autoencoder at each of {@link Paper#RATES}
 * @param others the other runs
 */
record Study(Run denoising, Run autoencoder, Run case1, Run case2, List<Run> rates, List<Run> others) {

    /** @param trials ids of runs that are shown as trials of their sweep only */
    static Study of(List<Run> all, Set<String> trials) {
        List<Run> runs = all.stream().filter(run -> !trials.contains(run.id())).toList();
        List<Run> newestFirst = runs.stream()
                .sorted(Comparator.comparing((Run run) -> run.row().state().startTime())
                        .reversed())
                .toList();
        List<Run> rates = new ArrayList<>();
        for (double rate : Paper.RATES) {
            rates.add(newest(newestFirst, "denoising", rate));
        }
        Run denoising = rates.get(Paper.RATES.indexOf(Paper.RATE));
        Run autoencoder = newest(newestFirst, "autoencoder", Paper.RATE);
        Run case1 = classifier(newestFirst, runs, "autoencoder");
        Run case2 = classifier(newestFirst, runs, "denoising");
        Set<Run> parts = new HashSet<>(rates);
        parts.addAll(Arrays.asList(autoencoder, case1, case2));
        return new Study(
                denoising,
                autoencoder,
                case1,
                case2,
                rates,
                runs.stream().filter(run -> !parts.contains(run)).toList());
    }

    /** Whether any run has a role in the study. */
    boolean any() {
        return !parts().isEmpty();
    }

    /** The runs with a role, those of the figures first. */
    List<Run> parts() {
        List<Run> parts = new ArrayList<>();
        parts.add(denoising);
        parts.add(autoencoder);
        parts.add(case1);
        parts.add(case2);
        parts.addAll(rates);
        return parts.stream().filter(Objects::nonNull).distinct().toList();
    }

    private static Run newest(List<Run> newestFirst, String model, double rate) {
        return newestFirst.stream()
                .filter(run -> run.row().model().equals(model))
                .filter(run -> run.hasRate(rate))
                .filter(Paper::hasStudySettings)
                .findFirst()
                .orElse(null);
    }

    private static Run classifier(List<Run> newestFirst, List<Run> runs, String encoder) {
        return newestFirst.stream()
                .filter(Run::isClassifier)
                .filter(run -> !run.hasOtherLabels())
                .filter(run -> runs.stream()
                        .anyMatch(
                                parent -> parent.id().equals(run.row().origin().parentRunId())
                                        && parent.row().model().equals(encoder)
                                        && Paper.hasStudySettings(parent)))
                .findFirst()
                .orElse(null);
    }
}
