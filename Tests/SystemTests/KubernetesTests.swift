// SPDX-License-Identifier: Apache-2.0
import Testing

/// The script `kubernetes` in a virtual machine; `make test-kubernetes` builds what it needs. Its output is a page of docs.
@Suite struct KubernetesTests {
    static let all = [ScriptRun(name: "kubernetes", host: .kubernetes)]

    @Test(arguments: all)
    func runs(_ run: ScriptRun) throws {
        try run.check(against: "docs/kubernetes-transcript.md", as: Self.comparable)
    }

    /// Without names of pods, addresses, ages, times, figures, versions of Debian's packages, and the width of columns.
    static func comparable(_ page: String) -> String {
        page.replacing(/binfmtd-[a-z0-9]{5}\b/, with: "binfmtd-NAME")
            .replacing(/\b10\.88\.\d+\.\d+\b/, with: "ADDRESS")
            .replacing(/\b(\d+m\d+s|\d+[ms])\b/, with: "AGE")
            .replacing(/It took \d+ s/, with: "It took TIME")
            .replacing(/[ ]\d{10}(\.\d+)?\n/, with: " TIME\n")
            .replacing(/\b(anon|file) \d+\n/, with: "BYTES\n")
            .replacing(/QEMU [\d.]+/, with: "QEMU VERSION")
            // One line of the daemon's log, or one for each entry.
            .replacing(/(.*restored (it|qemu-.*)\n)+/, with: "RESTORED\n")
            .replacing(/(Waiting for daemon set .*\n)+/, with: "")
            .replacing(/[ ]+\d+ aarch64\n/, with: "COUNT aarch64\n")
            .replacing(/(6\.1\.0-|containerd:\/\/)\S+/, with: "VERSION")
            .replacing(/[ ]{2,}/, with: "  ")
    }
}
