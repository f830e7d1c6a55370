// FerretDB as the tests' MongoDB server. A program of our own, because the one in FerretDB's module stops at start when it was built
// from the module proxy: the version file it wants is not in the published module. It takes the flags of the original, as far as we use them.
package main

import (
	"context"
	"flag"
	"log"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/FerretDB/FerretDB/ferretdb"
)

func main() {
	handler := flag.String("handler", "sqlite", "backend: sqlite or postgresql")
	folder := flag.String("sqlite-url", "file:data/", "SQLite folder as a URI ending in /")
	address := flag.String("listen-addr", "127.0.0.1:27017", "TCP address")
	// The embedded form has none of these; accepted so that the original program can be used in place of this one.
	for _, name := range []string{"debug-addr", "telemetry", "state-dir", "mode", "log-level"} {
		flag.String(name, "", "ignored")
	}
	flag.Parse()

	slog.SetLogLoggerLevel(slog.LevelError)
	server, err := ferretdb.New(&ferretdb.Config{
		Handler:   *handler,
		SQLiteURL: *folder,
		Listener:  ferretdb.ListenerConfig{TCP: *address},
		Logger:    slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
	})
	if err != nil {
		log.Fatal(err)
	}
	stop, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	if err := server.Run(stop); err != nil {
		log.Fatal(err)
	}
}
