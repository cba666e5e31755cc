// What the application may import: all of it, from one file.
import { cloneElement, createContext, createRef, Fragment, h, render } from "preact";
import {
  useCallback, useContext, useEffect, useErrorBoundary, useId, useLayoutEffect, useMemo,
  useReducer, useRef, useState,
} from "preact/hooks";
import {
  batch, computed, effect, signal, untracked, useComputed, useSignal, useSignalEffect,
} from "@preact/signals";
import htm from "htm";

const html = htm.bind(h);

export {
  batch, cloneElement, computed, createContext, createRef, effect, Fragment, h, html, render,
  signal, untracked, useCallback, useComputed, useContext, useEffect, useErrorBoundary, useId,
  useLayoutEffect, useMemo, useReducer, useRef, useSignal, useSignalEffect, useState,
};
