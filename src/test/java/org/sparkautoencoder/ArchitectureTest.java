package org.sparkautoencoder;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.sparkautoencoder.kernel.BalancedAccuracy;
import org.sparkautoencoder.kernel.Threshold;

/** Packages import one way only, and each foreign library has one owner. */
@AnalyzeClasses(packages = "org.sparkautoencoder", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String ROOT = "org.sparkautoencoder.";

    @ArchTest
    static final ArchRule packages_importOneWayOnly = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("kernel")
            .definedBy(ROOT + "kernel..")
            .layer("digits")
            .definedBy(ROOT + "digits..")
            .layer("exchange")
            .definedBy(ROOT + "exchange..")
            .layer("training")
            .definedBy(ROOT + "training..")
            .layer("sweep")
            .definedBy(ROOT + "sweep..")
            .layer("results")
            .definedBy(ROOT + "results..")
            .layer("report")
            .definedBy(ROOT + "report..")
            .layer("cli")
            .definedBy(ROOT + "cli..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("report")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("sweep")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("results")
            .mayOnlyBeAccessedByLayers("report", "cli")
            .whereLayer("training")
            .mayOnlyBeAccessedByLayers("results", "cli")
            .whereLayer("exchange")
            .mayOnlyBeAccessedByLayers("training", "cli")
            .whereLayer("digits")
            .mayOnlyBeAccessedByLayers("training", "cli")
            .whereLayer("kernel")
            .mayOnlyBeAccessedByLayers("exchange", "training", "report", "cli");

    @ArchTest
    static final ArchRule report_usesOfTheKernelOnlyDefinitions = noClasses()
            .that()
            .resideInAPackage(ROOT + "report..")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage(ROOT + "kernel..")
                    .and(DescribedPredicate.not(JavaClass.Predicates.equivalentTo(Threshold.class)))
                    .and(DescribedPredicate.not(JavaClass.Predicates.equivalentTo(BalancedAccuracy.class))));

    @ArchTest
    static final ArchRule kernel_usesNetlibOnly = classes()
            .that()
            .resideInAPackage(ROOT + "kernel..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "dev.ludovic.netlib..", "org.slf4j..", ROOT + "kernel..");

    @ArchTest
    static final ArchRule sweep_usesTheJdkOnly = classes()
            .that()
            .resideInAPackage(ROOT + "sweep..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", ROOT + "sweep..");

    @ArchTest
    static final ArchRule netlib_isOwnedByKernel = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.ludovic.netlib..");

    @ArchTest
    static final ArchRule parquet_isOwnedByResults = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "results..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.parquet..");

    @ArchTest
    static final ArchRule sparkNetwork_isOwnedByExchange = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "exchange..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.spark.network..");

    @ArchTest
    static final ArchRule picocli_isOwnedByCli = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");
}
