package org.sparkautoencoder.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.sparkautoencoder.RequiresChromium;

/** The installed browser, without a window, that keeps count of what it asks the network for. */
final class Chromium implements AutoCloseable {
    private final ChromeDriver driver;

    Chromium(Path profile) {
        Path program = RequiresChromium.Condition.onPath("chromium").orElseThrow();
        Path chromedriver = RequiresChromium.Condition.onPath("chromedriver").orElseThrow();
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + profile);
        options.setCapability("goog:loggingPrefs", logs);
        // Named, so that nothing is looked for, or fetched.
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(chromedriver.toFile())
                        .build(),
                options);
    }

    /** Opens a file at a width, in light or dark. */
    void open(Path page, int width, boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        driver.get(page.toUri().toString());
    }

    /** As on paper. */
    void print() {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
    }

    Object run(String script) {
        return driver.executeScript(script);
    }

    long number(String script) {
        return ((Number) run(script)).longValue();
    }

    String text(String selector) {
        return (String) run("return document.querySelector('" + selector + "').textContent");
    }

    /** The whole page. */
    byte[] picture() {
        long width = number("return document.documentElement.clientWidth");
        long height = Math.min(16000, number("return document.documentElement.scrollHeight"));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    /** What the console said since the last call. */
    List<String> console() {
        return messages(LogType.BROWSER);
    }

    /** The addresses asked for since the last call. */
    List<String> requests() {
        List<String> requests = new ArrayList<>();
        for (String message : messages(LogType.PERFORMANCE)) {
            if (message.contains("\"Network.requestWillBeSent\"")) {
                String url = message.replaceFirst("(?s).*\"request\":\\{.*?\"url\":\"(.*?)\".*", "$1");
                if (!url.startsWith("data:")) {
                    requests.add(url);
                }
            }
        }
        return requests;
    }

    private List<String> messages(String type) {
        List<String> messages = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get(type)) {
            messages.add(entry.getMessage());
        }
        return messages;
    }

    @Override
    public void close() {
        driver.quit();
    }
}
