// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

let package = Package(
    name: "binfmtd",
    products: [
        .library(name: "TOML", targets: ["TOML"])
    ],
    targets: [
        .target(name: "TOML")
    ]
)
