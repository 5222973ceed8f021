// SPDX-License-Identifier: Apache-2.0
import SystemPackage

extension Plan {
    /// What bears on a plan besides what should be and what is.
    package struct Circumstances: Sendable {
        /// What becomes of entries that are neither declared nor ours.
        package var policy = DaemonSettings.ForeignPolicy.keep
        /// Configuration files, or folders of them, that are broken: what they meant to declare is not known.
        package var broken: Set<FilePath> = []
        /// A file has just gone, as when an editor is about to write it anew.
        package var isFileMissing = false
        /// False while others write to the registry: then patterns are served, and names are left alone.
        package var isQuiet = true
        /// Entries that are given up for a while, and why.
        package var suspended: [EntryName: String] = [:]
        /// What the kernel refused the last time, and why.
        package var failures: [EntryName: String] = [:]
        /// Entries that are not ours and that a flush took, to be put back, the oldest first.
        package var lost: [Entry] = []
        /// Offers that a masked file hides.
        package var masked: [Configuration.Masked] = []

        package init() {}

        /// Whether what is ours may be taken out.
        var unregisters: Bool { broken.isEmpty && !isFileMissing }

        /// Why not, for a person.
        var hold: String? {
            if !broken.isEmpty { return "a configuration file is broken" }
            return isFileMissing ? "a file that has just gone may come back" : nil
        }

        /// Whether a file, or a folder that it is in, is broken.
        func isBroken(_ file: FilePath) -> Bool { broken.contains { file.starts(with: $0) } }
    }
}
