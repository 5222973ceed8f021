// SPDX-License-Identifier: Apache-2.0
import SystemPackage

extension Plan {
    /// What a plan depends on besides what should be and what is.
    package struct Circumstances: Sendable {
        /// What to do with entries that are neither declared nor ours.
        package var policy = DaemonSettings.ForeignPolicy.keep
        /// Configuration files, or directories of them, that are broken: what they meant to declare is not known.
        package var broken: Set<FilePath> = []
        /// Whether a file has just gone, as when an editor is about to write it again.
        package var isFileMissing = false
        /// False while other programs write to the registry: then stand-ins serve the patterns, and the plan takes no
        /// name.
        package var isQuiet = true
        /// Entries that are left alone for a while.
        package var suspended: [EntryName: SuspensionReason] = [:]
        /// What the last pass could not do.
        package var failures: [EntryName: FailureReason] = [:]
        /// Foreign entries that a flush removed, to be restored, the oldest first.
        package var lost: [Entry] = []
        /// Whether the interpreters were looked up in another root than that of the daemon, which follows its own.
        package var isElsewhere = false
        /// Interpreters of foreign entries that do not exist.
        package var absent: Set<FilePath> = []
        /// The settings that select QEMU's targets.
        package var qemu = QemuSettings()
        /// Whether the kernel can register an entry disabled (`D`, Linux 7.3).
        package var hasStaging = false
        /// Offers that a masked file hides.
        package var masked: [Configuration.Masked] = []

        package init() {}

        /// Whether entries of ours may be unregistered.
        var unregisters: Bool { broken.isEmpty && !isFileMissing }

        /// Why an entry of ours that nothing declares stays in the kernel.
        var unregisterHold: EntryReason.Hold {
            if !broken.isEmpty { return .brokenFile }
            return isFileMissing ? .missingFile : .disturbance
        }

        /// Whether a file, or a directory that it is in, is broken.
        func isBroken(_ file: FilePath) -> Bool { broken.contains { file.starts(with: $0) } }
    }
}
